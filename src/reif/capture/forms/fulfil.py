"""Keep what a form promised, once the address is known to be the person's: the file, the seat, the segment, the journey.

Hears form.submitted and consent.given. Says webinar.registered, segment.requested, journey.requested, mail.queued.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from reif.capture.forms.form_file import Form
from reif.capture.forms.over import over
from reif.capture.models import Asked, Submission
from reif.channels.email.compose import Letter, queue
from reif.kit import shelf, token
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.nurture import JourneyRequested, SegmentRequested
from reif.log.catalogue.people import ConsentGiven
from reif.log.catalogue.web import FormSubmitted, WebinarRegistered
from reif.log.event import Event
from reif.playbook.current import current

LIFE = timedelta(days=30)


def fulfil(events: Sequence[Event[Any]]) -> None:
    """Each submission once. Those that wait for a confirmation are kept when consent.given comes."""
    reasons = _reasons(events)
    waiting = set(
        Asked.objects.filter(submission__in=reasons, consent__given_at=None).values_list("submission_id", flat=True)
    )
    ready = [i for i in reasons if i not in waiting]
    letters: list[Letter] = []
    for one in Submission.objects.filter(id__in=ready, fulfilled_at=None).exclude(person=None):
        form = current("forms").by_slug(one.form)
        if form is not None:
            letters += _keep(one, form, reasons[one.id])
        Submission.objects.filter(id=one.id).update(fulfilled_at=now())
    queue(letters)


def _reasons(events: Sequence[Event[Any]]) -> dict[int, Event[Any]]:
    """The event that makes a submission ready, by submission."""
    by_consent = {e.fact.consent: e for e in events if isinstance(e.fact, ConsentGiven)}
    asked = Asked.objects.filter(consent__in=by_consent).values_list("submission_id", "consent_id")
    confirmed = {submission: by_consent[consent] for submission, consent in asked}
    return {e.fact.submission: e for e in events if isinstance(e.fact, FormSubmitted)} | confirmed


def _keep(one: Submission, form: Form, reason: Event[Any]) -> list[Letter]:
    letters = []
    shared: dict[str, Any] = {"person": one.person_id, "cause": reason.id, "at": reason.at}
    if form.does.segment:
        append(SegmentRequested(topic=form.does.segment, **shared))
    if form.does.journey:
        append(JourneyRequested(topic=form.does.journey, **shared))
    if form.does.webinar and not over(form):
        append(
            WebinarRegistered(
                person=one.person_id, visitor=one.visitor_id, topic=form.does.webinar, cause=reason.id, at=reason.at
            )
        )
        letters += _seat(one, form.does.webinar, reason.id)
    if form.gives and not isinstance(reason.fact, ConsentGiven):
        letters += _file(one, form.gives, reason.id)
    return letters


def _seat(one: Submission, webinar: str, cause: int) -> list[Letter]:
    seat = shelf.seat(webinar)
    if seat is None:
        return []
    with translation.override(one.language):
        local = seat.starts_at.astimezone(ZoneInfo(seat.zone))
        when = f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}, {local:%H:%M}"
    variables: dict[str, object] = {
        "title": seat.title, "when": when, "minutes": seat.minutes, "link": seat.join,
        "calendar": f"{settings.BASE_URL}{seat.calendar}" if seat.calendar else "",
        "cancel": settings.BASE_URL + shelf.leave_path(settings.SECRET_KEY, webinar, one.person_id or 0),
    }  # fmt: skip
    return [_letter(one, "registered", variables, cause)]


def _file(one: Submission, asset: str, cause: int) -> list[Letter]:
    """Nobody has confirmed in this moment, so the link goes by mail: only the owner of the address gets it."""
    item = shelf.item(asset)
    if item is None:
        return []
    return [_letter(one, "download", {"title": item.title, "link": settings.BASE_URL + download_path(one.id)}, cause)]


def _letter(one: Submission, mail: str, variables: dict[str, object], cause: int) -> Letter:
    return Letter(
        key=f"t:{mail}:{one.id}", mail=mail, person=one.person_id, kind="service", cause=cause, priority=1,
        language=one.language, variables=variables,
    )  # fmt: skip


def download_path(submission: int) -> str:
    """The address of the download page, good for thirty days."""
    return f"/d/{token.sign(settings.SECRET_KEY, 'download', submission, until=now() + LIFE)}"
