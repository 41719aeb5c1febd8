"""Rows of the ledger as people read them: the rule, when, the points given and what they are worth now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from reif.kit.clock import now
from reif.qualify.models import Point
from reif.qualify.scoring.worth import age, fading_of, worth
from reif.qualify.ways import Fit, Model, Rule, words_of


class Told(NamedTuple):
    """One row. fades: half_life, linear, expires or nothing, with its days."""

    words: str
    at: datetime
    points: int
    cents: int
    event: int
    revision: int
    group: str
    fades: tuple[tuple[str, int], ...]

    @property
    def given_cents(self) -> int:
        """What was given, to compare with what it is worth now."""
        return self.points * 100


def rows_in_words(points: Iterable[Point], model: Model, language: str) -> list[Told]:
    """In the order given; rows of rules that the model does not have any more are left out."""
    parts: dict[str, Rule | Fit] = {rule.key: rule for rule in model.rules}
    parts |= {one.key: one for one in model.fit}
    groups = {group.key: words_of(group, language) for group in model.groups}
    moment, told = now(), []
    for row in points:
        if (part := parts.get(row.rule)) is not None:
            fading = fading_of(part)
            cents = worth(row.points, fading, age(row.given_at, moment))
            fades = tuple((name, days) for name, days in fading._asdict().items() if days)
            told.append(
                Told(
                    words_of(part, language), row.given_at, row.points, cents, row.event_id, row.revision,
                    groups.get(part.group, ""), fades,
                )
            )  # fmt: skip
    return told
