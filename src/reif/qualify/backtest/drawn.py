"""A comparison as the page draws it: charts, the table of right and wrong, and what the history suggests in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.playbook.current import current
from reif.qualify.backtest.comparison import Comparison, GradeLine, Threshold, Week
from reif.qualify.suggest.drafts import words_for
from reif.qualify.suggest.hints import Hints
from reif.qualify.ways import words_of

OUTCOMES = ("accepted", "won")
IN_SIGHT = 4
"""What sellers can take is drawn up to so many times the fullest week; further up it would press the lines flat, and words say it."""


class Figure(NamedTuple):
    """A figure of the draft beside that of the model in force. good: whether more is better."""

    words: str
    draft: float | None
    current: float | None
    share: bool = False
    places: int = 0

    @property
    def tone(self) -> str:
        if self.draft is None or self.current is None or self.draft == self.current:
            return "plain"
        return "good" if self.draft > self.current else "bad"


class GradePair(NamedTuple):
    """A grade with the draft and now."""

    grade: str
    draft: GradeLine | None
    current: GradeLine | None


def drawn(told: Comparison, hints: Hints | None, asked: QueryDict) -> dict[str, Any]:
    """Everything the template needs; no query."""
    outcome = str(asked.get("outcome", ""))
    if outcome not in OUTCOMES:
        outcome = "won" if told.won else "accepted"
    return {
        "told": told,
        "last": told.until - timedelta(days=1),
        "outcome": outcome,
        "table": asked.get("as") == "table",
        "figures": _figures(told, outcome),
        "stages": [(stage, _lines(told, stage), _ladder(told, stage)) for stage in ("mql", "sql")],
        "weeks": list(zip(told.draft.weeks, told.current.weeks, told.really, strict=False)),
        "lift": _lift(told, outcome),
        "deciles": list(zip(told.draft.deciles[outcome], told.current.deciles[outcome], strict=False)),
        "confusion": {
            "draft": _numbers(told.draft.thresholds[outcome]), "current": _numbers(told.current.thresholds[outcome]),
        },
        "highest": len(told.draft.thresholds[outcome]) - 1,
        "start": _start(told.draft.thresholds[outcome], asked.get("points", "")),
        "grades": _grades(told),
        "hints": hints and _hints(hints),
    }  # fmt: skip


def _figures(told: Comparison, outcome: str) -> list[Figure]:
    draft, now = told.draft, told.current
    tops = [one.deciles[outcome][0].lift if one.deciles[outcome] else None for one in (draft, now)]
    figures = [Figure(stage.upper(), draft.total(stage), now.total(stage)) for stage in ("mql", "sql")]
    for stage in ("mql", "sql"):
        pair = (draft.of(stage, outcome), now.of(stage, outcome))
        named = {"stage": stage.upper()}
        precise, complete = _("Precision of %(stage)s"), _("Recall of %(stage)s")
        figures.append(Figure(precise % named, pair[0].precision, pair[1].precision, True))
        figures.append(Figure(complete % named, pair[0].recall, pair[1].recall, True))
    figures.append(Figure(_("Lift of the top tenth"), tops[0], tops[1], places=2))
    figures.append(Figure(_("Ranking (AUC)"), draft.auc[outcome], now.auc[outcome], places=2))
    return figures


class Ladder(NamedTuple):
    """What became of a stage with one model: given and lost again so often, and so many are there at the end."""

    name: str
    given: int
    lost: int
    left: int | None


def _ladder(told: Comparison, stage: str) -> list[Ladder]:
    both = [(_("Draft"), told.draft), (_("In force"), told.current)]
    return [
        Ladder(name, one.total(stage), one.total(f"{stage}_lost"), one.standing.get(stage))
        for name, one in both[: 1 if told.same else 2]
    ]


def _lines(told: Comparison, stage: str) -> dict[str, Any]:
    def values(weeks: Sequence[Week]) -> list[int]:
        return [getattr(week, stage) for week in weeks]

    series: list[dict[str, Any]] = [{"name": _first(told), "values": values(told.draft.weeks)}]
    if not told.same:
        series.append({"name": _("In force"), "values": values(told.current.weeks)})
    series.append({"name": _("What happened"), "values": values(told.really), "dashed": True})
    most = max((value for line in series for value in line["values"]), default=0)
    if stage == "sql" and 0 < told.capacity.week <= IN_SIGHT * max(most, 1):
        series.append(
            {"name": _("Sellers can take"), "values": [told.capacity.week] * len(told.draft.weeks), "dashed": True}
        )
    return {"x": [week.begins.isoformat() for week in told.draft.weeks], "series": series}


def _first(told: Comparison) -> str:
    return _("In force") if told.same else _("Draft")


def _lift(told: Comparison, outcome: str) -> dict[str, Any]:
    series = [{"name": _first(told), "values": [d.lift for d in told.draft.deciles[outcome]]}]
    if not told.same:
        series.append({"name": _("In force"), "values": [d.lift for d in told.current.deciles[outcome]]})
    return {"x": [str(n) for n in range(1, len(told.draft.deciles[outcome]) + 1)], "series": series}


def _numbers(thresholds: Sequence[Threshold]) -> list[list[int]]:
    return [[t.tp, t.fp, t.fn, t.tn] for t in thresholds]


def _start(thresholds: Sequence[Threshold], asked: str) -> Threshold | None:
    """The one that was asked for, else the one whose hits and misses are the best compromise (F1)."""
    if not thresholds:
        return None
    if asked.isdecimal() and len(asked) < 4:
        return thresholds[min(int(asked), len(thresholds) - 1)]
    return max(thresholds, key=lambda t: t.tp / max(2 * t.tp + t.fp + t.fn, 1))


def _grades(told: Comparison) -> list[GradePair]:
    draft, now = ({line.grade: line for line in one.grades} for one in (told.draft, told.current))
    return [GradePair(grade, draft.get(grade), now.get(grade)) for grade in sorted({*draft, *now})]


def _hints(hints: Hints) -> dict[str, Any]:
    language = get_language() or "de"
    names = {rule.key: words_of(rule, language) for rule in current("scoring").main.rules}
    return {
        "told": hints,
        "good": [(words_for(h.finding.mark), h) for h in hints.hints],
        "idle": [(names[i.rule], i) for i in hints.idle if i.rule in names],
    }
