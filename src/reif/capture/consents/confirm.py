"""The second half of the double opt-in: the reader followed the link, and that is kept as evidence.

Says consent.given.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from reif.capture.models import Asked, Submission
from reif.channels.email.as_sent import as_sent
from reif.channels.law.house import consent_book
from reif.channels.models import Message
from reif.crm.consent import give
from reif.crm.models import Consent
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.clock import cancel
from reif.log.models import Effect, Event


def confirm(submission: Submission, ip: str | None, agent: str, at: datetime | None = None) -> bool:
    """True when something was confirmed now; a second click changes nothing."""
    moment = at or now()
    ip = ip if consent_book().confirmation.network else None
    with writing():
        rows = Asked.objects.select_for_update(of=("self",)).filter(submission=submission)
        asked = list(rows.select_related("consent"))
        if not asked:
            return False
        _keep_mail(submission, [a.consent_id for a in asked])
        causes = _requests(submission)
        given = [give(a.consent, ip=ip, agent=agent, cause=causes.get(a.consent_id), at=moment) for a in asked]
        cancel("capture.unconfirmed", submission.id)
        cancel("capture.remind", submission.id)
    return any(given)


def _requests(submission: Submission) -> dict[int, int]:
    """The event that asked, by consent."""
    events = Event.objects.filter(person_id=submission.person_id, kind="consent.requested")
    return {body.get("consent"): number for number, body in events.values_list("id", "body")}


def _keep_mail(submission: Submission, consents: list[int]) -> None:
    """The mail that asked, as it was sent: part of the evidence (text and time)."""
    key = f"t:confirm:{submission.id}"
    effect = Effect.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:")).order_by("-id").first()
    if effect is None:
        return
    sent = Message.objects.filter(id=effect.id).values_list("sent_at", flat=True).first()
    mail = as_sent(effect)
    Consent.objects.filter(id__in=consents, given_at=None).update(
        mail_text=mail.text, mail_html=mail.html, mail_sent_at=sent or effect.done_at
    )
