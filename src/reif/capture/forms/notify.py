"""Tell staff that a form came in.

Hears form.submitted. Says mail.queued through the outbox of the mail channel.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from reif.capture.forms.answers import answers_of
from reif.capture.forms.form_file import Form
from reif.capture.models import Submission
from reif.channels.email.compose import Letter, queue
from reif.log.catalogue.web import FormSubmitted
from reif.log.event import Event
from reif.playbook.current import current
from reif.staff.models import User

MAIL = "form-notice"
OWNER, TEAM = "owner", "team:"


def tell_staff(events: Sequence[Event[FormSubmitted]]) -> None:
    """One mail for each form and each of those it names."""
    forms = {form.slug: form for form in current("forms").forms if form.does.notify}
    causes = {e.fact.submission: e.id for e in events if e.topic in forms}
    rows = Submission.objects.filter(id__in=causes).select_related("person__company")
    staff = list(User.objects.filter(is_active=True).select_related("team")) if causes else []
    queue(
        _letter(row, forms[row.form], user, causes[row.id])
        for row in rows
        for user in staff
        if row.person and named(user, forms[row.form].does.notify, row.person.owner_id)
    )


def named(user: User, names: Sequence[str], owner: int | None) -> bool:
    """Whether a form's list means this user: by address, by `team:<key>`, or as the owner of the person."""
    own = {user.email.lower()} | ({f"{TEAM}{user.team.key}"} if user.team else set())
    own |= {OWNER} if owner == user.pk else set()
    return any(name.strip().lower() in own for name in names)


def _letter(row: Submission, form: Form, user: User, cause: int) -> Letter:
    language = user.language[:2]
    variables: dict[str, object] = {
        "form": form.title.in_(language) or form.slug,
        "person": row.person.name if row.person else "",
        "answers": [f"{label}: {text}" for label, text in answers_of(row, form, language)],
        "link": f"{settings.BASE_URL}{reverse('capture:desk_one_sent', args=[row.form, row.id])}",
    }
    return Letter(f"{MAIL}:{row.id}:{user.pk}", MAIL, user=user.pk, kind="staff", variables=variables, cause=cause,
                  priority=3)  # fmt: skip
