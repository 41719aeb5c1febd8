"""Nobody confirmed in time: the request is deleted, and with it whoever is known by nothing else.

Hears timer.fired of capture.unconfirmed. Says consent.lapsed, person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.forms.form_file import Form, Forms
from reif.capture.models import Asked, Submission
from reif.crm.erase import erase
from reif.crm.models import Consent, Person, Stage
from reif.log.append import append
from reif.log.catalogue.people import ConsentLapsed
from reif.log.catalogue.timers import TimerFired
from reif.log.event import Event
from reif.log.models import Event as Row
from reif.playbook.current import current

BEGINNERS = ("", Stage.SUBSCRIBER, Stage.LEAD)


def lapse(events: Sequence[Event[TimerFired]]) -> None:
    """What was asked and not confirmed goes; an enquiry that stands for itself stays, without its consent."""
    causes = {e.fact.about: e for e in events}
    asked = Asked.objects.filter(submission__in=causes, consent__given_at=None, consent__withdrawn_at=None)
    rows = list(asked.select_related("consent", "submission"))
    for row in rows:
        event = causes[row.submission_id]
        append(
            ConsentLapsed(
                person=row.consent.person_id, topic=row.consent.purpose, channel=row.consent.channel, cause=event.id,
                at=event.at,
            )
        )  # fmt: skip
    Consent.objects.filter(id__in=[row.consent_id for row in rows]).delete()
    people = {row.submission.person_id for row in rows if row.submission.person_id}
    erase(_known_by_nothing_else(people), reason="unconfirmed")


def lives_by_confirmation(form: Form | None) -> bool:
    """Whether a form is nothing without the click in the mail: a file, a seat, a newsletter. An enquiry stands for itself."""
    return bool(form and (form.gives or form.does.webinar or any(c.double and c.required for c in form.consents)))


def _known_by_nothing_else(people: set[int]) -> list[int]:
    """Those who came by such forms alone, never agreed to anything, and whom nobody works with."""
    plain = Person.objects.living().filter(id__in=people, owner=None, stage__in=BEGINNERS)
    alone = plain.filter(activities=None, deals=None, identities=None).exclude(consents__given_at__isnull=False)
    found = set(alone.values_list("id", flat=True))
    forms: Forms = current("forms")
    sent = Submission.objects.filter(person__in=found).values_list("person_id", "form")
    found -= {person for person, slug in sent if not lives_by_confirmation(forms.by_slug(slug))}
    other = Row.objects.filter(person_id__in=found, kind__in=("person.created", "person.imported"))
    return sorted(found - set(other.exclude(kind="person.created", topic="form").values_list("person_id", flat=True)))
