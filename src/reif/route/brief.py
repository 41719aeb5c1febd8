"""The hand-over in a few sentences: why now, which points, what was read, what is allowed, what to do first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from reif.crm.consent import may_mail
from reif.route.deeds import say, short
from reif.route.history import Deed, History, histories
from reif.route.models import Assignment


class Point(msgspec.Struct, frozen=True):
    """So many points for something, perhaps done several times."""

    points: int
    words: str
    times: int


class Read(msgspec.Struct, frozen=True):
    """Something the person looked at."""

    words: str
    at: datetime
    times: int


class Brief(msgspec.Struct, frozen=True):
    """In the language that was active when it was made. event: where the why-page begins."""

    why: str
    reason: str
    score: int
    fit: int
    engagement: int
    points: list[Point]
    read: list[Read]
    consent: str
    may_mail: bool
    step: str
    kind: str
    event: int | None


def brief(assignment: Assignment) -> Brief:
    """The brief of one hand-over."""
    return briefs([assignment])[assignment.pk]


def briefs(assignments: Iterable[Assignment]) -> dict[int, Brief]:
    """By assignment id; the number of queries does not grow with them. They come with person, company and owner."""
    assignments = list(assignments)
    past = histories(assignments)
    allowed = may_mail([a.person_id for a in assignments])
    return {a.pk: _brief(a, past[a.pk], a.person_id in allowed) for a in assignments}


def _brief(assignment: Assignment, history: History, allowed: bool) -> Brief:
    person = assignment.person
    kind, step = _next_step(history, bool(person.phone))
    return Brief(
        why=_why_now(history, person.score),
        reason=assignment.why,
        score=person.score,
        fit=person.fit,
        engagement=person.engagement,
        points=_points(history, person.fit),
        read=[Read(say(d), d.at, d.times) for d in history.deeds if d.kind != "mail.opened"][:6],
        consent=_consent(allowed),
        may_mail=allowed,
        step=step,
        kind=kind,
        event=assignment.event_id,
    )


def _why_now(history: History, score: int) -> str:
    deed = history.last or (history.deeds[0] if history.deeds else None)
    if deed is None:
        return _("Reached %(score)s points.") % {"score": score}
    return _("%(deed)s and with it reached %(score)s points.") % {"deed": short(deed), "score": score}


def _points(history: History, fit: int) -> list[Point]:
    earned = sorted((d for d in history.deeds if d.points > 0), key=lambda d: -d.points)[:5]
    points = [Point(d.points, say(d), d.times) for d in earned]
    if fit > 0:
        points.append(Point(fit, _("Fits our profile: company, role, region"), 1))
    return sorted(points, key=lambda p: -p.points)[:5]


def _consent(allowed: bool) -> str:
    if allowed:
        return _("May be written to by e-mail: consent with double opt-in.")
    return _("No consent to advertising by e-mail: answer the enquiry, but send nothing else.")


def _next_step(history: History, has_phone: bool) -> tuple[str, str]:
    """The kind of the activity to suggest, and the sentence."""
    asked = _first(history, "form.submitted", "demo")
    if asked:
        return "demo", _("Asked for a demo: offer two dates today.")
    if _first(history, "enquiry.received") or _first(history, "mail.replied"):
        return "call", _("Wrote to us by mail: answer what was asked, today.")
    if _first(history, "page.viewed", "/preise"):
        if has_phone:
            return "call", _("Call and talk about price and scope: the price page was read.")
        return "demo", _("Offer a demo by mail and find the phone number: the price page was read.")
    if _first(history, "webinar.registered"):
        return "call", _("Follow up on the webinar: which question is still open?")
    return "call", _("Get in touch and ask what they are working on.")


def _first(history: History, kind: str, topic: str = "") -> Deed | None:
    return next((d for d in history.deeds if d.kind == kind and (not topic or topic in d.topic)), None)
