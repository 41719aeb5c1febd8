"""What stands around the timeline: stages, points, consents, deals, the hand-over, what is planned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS
from reif.crm.models import STAGES, Person, StageSpell
from reif.desk.privacy.panel import permissions
from reif.kit.clock import now
from reif.qualify.why.explain import explain_score
from reif.qualify.why.missing import missing
from reif.qualify.why.why import sentence
from reif.route.models import Assignment
from reif.staff.models import User

LADDER = tuple(s for s in STAGES if s not in ("sal", "evangelist", "other"))


def dossier(person: Person, user: User) -> dict[str, Any]:
    """Everything beside the timeline, in a fixed number of queries."""
    spells = list(StageSpell.objects.filter(person=person))
    language, points = get_language() or "de", explain_score(person)
    deals = person.deals.visible_to(user).select_related("owner").order_by("-opened_at")[:10]
    return {
        "person": person,
        "ladder": _ladder(person, spells),
        "spells": [(s, _seconds(s)) for s in reversed(spells)],
        "points": points,
        "axes": _axes(person),
        "why": sentence(person, language, points),
        "missing": missing(person, language),
        **permissions(person),
        "deals": list(deals),
        "job": _job(person, language),
        "planned": list(person.activities.planned().select_related("owner").order_by("due_at")[:5]),
        "assignment": Assignment.objects.filter(person=person).select_related("owner").order_by("-id").first(),
    }


def _job(person: Person, language: str) -> dict[str, str]:
    """Department and level in words."""
    turn = 0 if language.startswith("de") else 1
    department, level = DEPARTMENTS.get(person.department), LEVELS.get(person.level)
    return {"department": department[turn] if department else "", "level": level[turn] if level else ""}


def _axes(person: Person) -> list[dict[str, Any]]:
    """What behaviour and profile give, as bars of a hundred points; what they take away is red."""
    axes = ((_("Behaviour"), person.engagement, "accent"), (_("Profile"), person.fit, "info"))
    return [
        {"label": label, "points": points, "length": abs(points), "tone": tone if points >= 0 else "bad"}
        for label, points, tone in axes
    ]


def _ladder(person: Person, spells: list[StageSpell]) -> list[dict[str, Any]]:
    """The rungs with when each was reached, for the bar on top."""
    reached = {s.stage: s.entered_at for s in spells}
    here = LADDER.index(person.stage) if person.stage in LADDER else -1
    return [
        {"stage": stage, "done": i < here, "current": i == here, "at": reached.get(stage)}
        for i, stage in enumerate(LADDER)
        if stage != "subscriber" or "subscriber" in reached
    ]


def _seconds(spell: StageSpell) -> timedelta:
    """Cumulative time in the stage up to the end of this stay."""
    end = spell.left_at or now()
    return timedelta(seconds=spell.earlier_seconds) + (end - spell.entered_at)
