"""The second half of the double opt-in: the reader followed the link, and that is kept as evidence.

Says consent.given.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from reif.capture.models import Asked, Submission
from reif.channels.email.liquid import BadText
from reif.channels.email.readers import posts_of
from reif.channels.email.write import write
from reif.channels.models import Captured, Message
from reif.crm.consent import give
from reif.crm.models import Consent
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.clock import cancel
from reif.log.models import Effect, Event


def confirm(submission: Submission, ip: str | None, agent: str, at: datetime | None = None) -> bool:
    """True when something was confirmed now; a second click changes nothing. Lapsed ones stay as they are."""
    moment = at or now()
    with writing():
        rows = Asked.objects.select_for_update(of=("self",)).filter(submission=submission, lapsed_at=None)
        asked = list(rows.select_related("consent"))
        if not asked:
            return False
        _keep_mail(submission, [a.consent_id for a in asked])
        causes = _requests(submission)
        given = [give(a.consent, ip=ip, agent=agent, cause=causes.get(a.consent_id), at=moment) for a in asked]
        cancel("capture.unconfirmed", submission.id)
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
    Consent.objects.filter(id__in=consents, given_at=None).update(
        mail_text=_text(effect), mail_sent_at=sent or effect.done_at
    )


def _text(effect: Effect) -> str:
    captured = Captured.objects.filter(effect_id=effect.id).first()
    if captured:
        return f"{captured.subject}\n\n{captured.text}"
    try:
        sheet = write(posts_of([effect])[0]).sheet
    except BadText:
        return ""
    return f"{sheet.subject}\n\n{sheet.text}"
