"""What the person page shows of where somebody came from: the way, the four touches, and what was corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from reif.crm.models import Origin, Person, Touch
from reif.crm.touch_book import as_they_count
from reif.log.models import Event
from reif.staff.models import Role

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})
ORDER = ("first", "lead", "opportunity", "last")
MOST = 12


@dataclass
class Standing:
    """One touch with the turning points at which it stands. before: the touch as it was seen, and earlier corrections."""

    touch: Touch
    turns: list[str] = field(default_factory=list)
    before: list[Touch] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One station of the way: a touch, or a turning point (`lead`, `opportunity`)."""

    touch: Touch | None = None
    turn: str = ""


def draw_way(request: HttpRequest, person: Person) -> str:
    """For the side of the person page; nothing for somebody without any touch."""
    context = way(person)
    context["may_correct"] = getattr(request.user, "role", "") in WRITERS
    return render_to_string("capture/_way.html", context, request) if context["touches"] else ""


def way(person: Person) -> dict[str, Any]:
    """Three queries. recording: a correction is stated, and not written yet."""
    rows = list(Touch.objects.filter(person=person).select_related("by"))
    origin = Origin.objects.filter(person=person).first()
    count = as_they_count(rows)
    said = (
        Event.objects.filter(person_id=person.pk, kind="touch.corrected").order_by("-id").values_list("id", flat=True)
    )
    latest = said.first()
    return {
        "person": person, "touches": count, "standing": _standing(origin, rows), "steps": _steps(origin, count)[-MOST:],
        "earlier": max(0, len(count) - MOST), "recording": bool(latest) and latest not in {t.event_id for t in rows},
    }  # fmt: skip


def _standing(origin: Origin | None, rows: list[Touch]) -> list[Standing]:
    by_id, found = {t.pk: t for t in rows}, {}
    for turn in ORDER if origin else ():
        touch = by_id.get(getattr(origin, f"{turn}_id"))
        if touch is None:
            continue
        if touch.pk not in found:
            seen = touch.corrects_id
            older = [t for t in rows if seen and (t.pk == seen or (t.corrects_id == seen and t.pk != touch.pk))]
            found[touch.pk] = Standing(touch, before=older)
        found[touch.pk].turns.append(turn)
    return list(found.values())


def _steps(origin: Origin | None, touches: list[Touch]) -> list[Step]:
    """The touches in order of time, with the turning points between them."""
    turns = [("lead", origin.lead_at), ("opportunity", origin.opportunity_at)] if origin else []
    places = [(t.at, 0, Step(touch=t)) for t in touches] + [(at, 1, Step(turn=turn)) for turn, at in turns if at]
    return [step for _at, _kind, step in sorted(places, key=lambda place: place[:2])]
