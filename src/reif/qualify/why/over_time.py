"""A person's score over time: what each group of rules was worth, day by day, with the stages on it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.models import Person, StageSpell
from reif.kit.clock import now
from reif.qualify.models import Axis, Point
from reif.qualify.scoring.engine import Engine
from reif.qualify.scoring.in_force import live
from reif.qualify.scoring.places import over
from reif.qualify.scoring.worth import age, worth
from reif.qualify.ways import words_of

STEPS, LONGEST = 60, timedelta(days=365)
SHORT, LONG = timedelta(days=4), timedelta(days=300)
Given = tuple[str, int, datetime]
"""Rule, points, when."""


def over_time(person: Person, model: str, language: str) -> dict[str, Any] | None:
    """Data of a stacked chart; None when there is nothing to show. The rows as they are, seen from each day."""
    r = live()
    engine = r.engine(model or r.main)
    rows = (
        Point.objects.filter(person=person, build=r.number, model=engine.model.key) if engine else Point.objects.none()
    )
    given = [
        g for g in rows.order_by("given_at").values_list("rule", "points", "given_at") if engine and g[0] in engine.axes
    ]
    if engine is None or not given:
        return None
    end = now()
    start = max(min(at for _rule, _points, at in given), end - LONGEST)
    moments = [start + (end - start) * n / STEPS for n in range(STEPS + 1)]
    names = _names(engine, language)
    stacks = [_stack(engine, given, moment) for moment in moments]
    series = [
        {"name": names[key], "values": [stack.get(key, 0) / 100 for stack in stacks]}
        for key in names
        if any(stack.get(key) for stack in stacks)
    ]
    return {"x": _names_of(moments), "series": series, "stacked": True, "marks": _stages(person, moments)}


def _stack(engine: Engine, given: list[Given], moment: datetime) -> dict[str, int]:
    """Cents by group (an axis' name for rules without one), less what ceilings take."""
    cents: dict[str, int] = defaultdict(int)
    up: dict[str, int] = defaultdict(int)
    for rule, points, at in given:
        if at <= moment:
            value = worth(points, engine.fading[rule], age(at, moment))
            key = engine.groups.get(rule) or f"={engine.axes[rule]}"
            cents[key] += value
            up[key] += max(value, 0)
    for group, too_much in over(engine, up).items():
        cents[group] -= too_much
    return cents


def _names(engine: Engine, language: str) -> dict[str, str]:
    groups = {group.key: words_of(group, language) for group in engine.model.groups}
    return {
        **groups,
        f"={Axis.ENGAGEMENT}": _("Other behaviour") if groups else _("Behaviour"),
        f"={Axis.FIT}": _("Profile"),
    }


def _stages(person: Person, moments: list[datetime]) -> list[dict[str, Any]]:
    """Where on the line a stage began; what began between the same two moments stands together."""
    marks: dict[int, list[str]] = defaultdict(list)
    for spell in StageSpell.objects.filter(person=person, entered_at__gte=moments[0]).order_by("id"):
        place = next((n for n, moment in enumerate(moments) if moment >= spell.entered_at), len(moments) - 1)
        marks[place].append(str(spell.get_stage_display()))
    return [{"at": place, "label": " · ".join(words)} for place, words in sorted(marks.items())]


def _names_of(moments: list[datetime]) -> list[str]:
    """The day, with the hour where they are less than a day apart and the year where they are months."""
    span, german = moments[-1] - moments[0], (get_language() or "de").startswith("de")
    day = "j.n." if german else "j M"
    form = f"{day} H:i" if span < SHORT else f"{day}{'' if german else ' '}y" if span > LONG else day
    return [formats.date_format(timezone.localtime(moment), form) for moment in moments]
