"""Mail the link that confirms a consent: no advertising, no pixel, no counted links.

Hears consent.requested, and timer.fired of capture.remind when the playbook wants a reminder. Says mail.queued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from reif.capture.models import Asked, Submission
from reif.channels.email.compose import Letter, queue
from reif.channels.law.house import consent_book
from reif.channels.models import Message
from reif.kit import token
from reif.kit.clock import now
from reif.log.catalogue.people import ConsentRequested
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import wake_many
from reif.log.event import Event
from reif.log.models import Timer

Request = tuple[Submission, Event[ConsentRequested]]
MOST_A_DAY = 3
"""Mails to one address in a day, so that nobody can be flooded by somebody else who types the address."""


def ask_to_confirm(events: Sequence[Event[ConsentRequested]]) -> None:
    """One mail for each submission, however many boxes were ticked; only for consents that forms asked for."""
    causes = {e.fact.consent: e for e in events}
    asked = Asked.objects.filter(consent__in=causes, consent__given_at=None).select_related("submission")
    first: dict[int, Request] = {}
    for row in asked.order_by("consent_id"):
        first.setdefault(row.submission_id, (row.submission, causes[row.consent_id]))
    fresh = _not_too_many(list(first.values()))
    queue(letter(s, e.id) for s, e in fresh)
    _mailed([s.id for s, _e in fresh])
    wake_many(
        Timer(name="capture.unconfirmed", about=s.id, at=e.at + life(), person_id=s.person_id, cause_id=e.id)
        for s, e in first.values()
    )
    if (after := reminding()) is not None:
        wake_many(
            Timer(name="capture.remind", about=s.id, at=e.at + after, person_id=s.person_id, cause_id=e.id)
            for s, e in first.values()
        )


def remind(events: Sequence[Event[TimerFired]]) -> None:
    """The one reminder that the playbook may allow, to those who have not answered."""
    if reminding() is None:
        return
    causes = {e.fact.about: e.id for e in events}
    open_ones = Asked.objects.filter(submission__in=causes, consent__given_at=None, consent__withdrawn_at=None, mails=1)
    waiting = {row.submission_id: row.submission for row in open_ones.select_related("submission")}
    queue(letter(s, causes[s.id], number=2) for s in waiting.values())
    _mailed(list(waiting))


def life() -> timedelta:
    """How long a request stays open."""
    return timedelta(days=consent_book().confirmation.days)


def reminding() -> timedelta | None:
    """After which time the reminder goes; None: no reminder."""
    told = consent_book().confirmation
    return timedelta(days=told.remind_after) if told.reminders else None


def ask_again(submission: Submission) -> bool:
    """Once more, on the reader's wish and with a new date; False when there were enough mails today."""
    moment = now()
    rows = Asked.objects.filter(submission=submission, consent__given_at=None, consent__withdrawn_at=None)
    latest = rows.order_by("-mailed_at").first()
    if latest is None or _mails_today([submission.person_id])[submission.person_id] >= MOST_A_DAY:
        return False
    if latest.mailed_at and moment - latest.mailed_at < timedelta(minutes=1):
        return True  # a double click: the mail is on its way
    queue([letter(submission, None, number=latest.mails + 1)])
    _mailed([submission.id])
    end = moment + life()
    wake_many([Timer(name="capture.unconfirmed", about=submission.id, at=end, person_id=submission.person_id)])
    return True


def letter(submission: Submission, cause: int | None, number: int = 1) -> Letter:
    """The mail `confirm` with its link."""
    key = f"t:confirm:{submission.id}" + (f":{number}" if number > 1 else "")
    end = now() + life()
    return Letter(
        key=key, mail="confirm", person=submission.person_id, kind="service", cause=cause, priority=1,
        language=submission.language, expires_at=end, variables={"link": confirm_link(submission.id, end)},
    )  # fmt: skip


def confirm_link(submission: int, until: datetime) -> str:
    """The whole address for a mail."""
    return f"{settings.BASE_URL}/c/{token.sign(settings.SECRET_KEY, 'confirm', submission, until=until)}"


def _not_too_many(wanted: list[Request]) -> list[Request]:
    counted = _mails_today([s.person_id for s, _e in wanted])
    fresh = []
    for submission, event in wanted:
        counted[submission.person_id] += 1
        if submission.person_id and counted[submission.person_id] <= MOST_A_DAY:
            fresh.append((submission, event))
    return fresh


def _mails_today(people: list[int | None]) -> Counter[int | None]:
    since = now() - timedelta(days=1)
    recent = Message.objects.filter(person_id__in=people, mail="confirm", queued_at__gte=since)
    return Counter(recent.values_list("person_id", flat=True))


def _mailed(submissions: list[int]) -> None:
    Asked.objects.filter(submission__in=submissions).update(mails=F("mails") + 1, mailed_at=now())
