"""The scoring of one person told as simply as possible: for comparing, not for speed. Shares no code with the engine."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Zurich")
Happened = tuple[int, int, int | None, int | None, str, str, datetime]
"""id, known, person, visitor, kind, topic, at; in the order of (known, id), the person filled in."""


def reckon(model: dict[str, Any], deeds: list[Happened], fit: dict[str, int], moment: datetime) -> tuple[int, int, int]:
    """Cents of fit, of engagement, and what ceilings take, of one person's deeds in order."""
    rows: list[tuple[dict[str, Any], int]] = []
    for rule in model["rule"]:
        on_day: dict[Any, int] = defaultdict(int)
        in_period: dict[Any, int] = defaultdict(int)
        for _id, _known, _person, _visitor, kind, topic, at in deeds:
            if not _matches(rule, kind, topic):
                continue
            day = at.astimezone(ZONE).date()
            on_day[day] += 1
            if "per_day" in rule and on_day[day] > rule["per_day"]:
                continue
            period = {"week": day.isocalendar()[:2], "month": (day.year, day.month), "day": day}.get(
                rule.get("per", "")
            )
            in_period[period] += 1
            most = 1 if rule.get("once") else rule.get("times")
            if most is None or in_period[period] <= most:
                rows.append((rule, _cents(rule, at, moment)))
    rows += [(rule, rule["points"] * 100) for rule in model.get("fit", ()) if rule["key"] in fit]
    total, up = {"fit": 0, "engagement": 0}, defaultdict(int)
    axis_of = {}
    for rule, cents in rows:
        axis = "engagement" if "on" in rule and rule.get("axis") != "fit" else "fit"
        total[axis] += cents
        if group := rule.get("group"):
            up[group] += max(cents, 0)
            axis_of[group] = axis
    taken = 0
    for group in model.get("group", ()):
        over = max(0, up[group["key"]] - group["cap"] * 100)
        taken += over
        if over:
            total[axis_of[group["key"]]] -= over
    return total["fit"], total["engagement"], taken


def _matches(rule: dict[str, Any], kind: str, topic: str) -> bool:
    kinds = rule["on"] if isinstance(rule["on"], list) else [rule["on"]]
    asked = rule.get("topic", "")
    return kind in kinds and (not asked or topic == asked or (asked.endswith("*") and topic.startswith(asked[:-1])))


def _cents(rule: dict[str, Any], given_at: datetime, moment: datetime) -> int:
    age = max(0, int((moment - given_at).total_seconds() // 86400))
    if "expires" in rule and age >= rule["expires"]:
        return 0
    decay, points = rule.get("decay", {}), rule["points"]
    if half := decay.get("half_life"):
        left = 0 if age >= 7 * half else abs(points) * 100 * round(1e6 * 2 ** (-age / half)) // 1_000_000
    elif linear := decay.get("linear"):
        left = abs(points) * 100 * max(0, linear - age) // linear
    else:
        left = abs(points) * 100
    return left if points > 0 else -left
