"""The shape of predict.toml: what is foreseen, over how many days, and how much history that takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _
from msgspec import Struct, field

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem

OutcomeName = Literal["sql", "won"]
OUTCOMES: tuple[OutcomeName, ...] = ("sql", "won")
REASONABLE, LEAST = range(1, 731), 20


class Forecast(Struct, frozen=True, forbid_unknown_fields=True):
    """days: how far it looks ahead. least: so many people with the outcome, and so many without, before it learns.

    on: False for none. every: days after which it learns anew.
    """

    days: int
    least: int = 50
    every: int = 7
    on: bool = True


class Predict(Struct, frozen=True, forbid_unknown_fields=True):
    """sql: becoming an SQL. won: winning a deal."""

    sql: Forecast = field(default_factory=lambda: Forecast(30))
    won: Forecast = field(default_factory=lambda: Forecast(90))

    def of(self, outcome: str) -> Forecast:
        """The forecast of one of OUTCOMES."""
        return self.won if outcome == "won" else self.sql


def check_predict(draft: Draft) -> Iterator[Problem]:
    """What the shape alone cannot say."""
    ways: Predict = draft["predict"]
    for name in OUTCOMES:
        one = ways.of(name)
        if one.days not in REASONABLE:
            yield draft.problem("predict", (name, "days"), _("Between 1 and 730 days can be foreseen."))
        if one.least < LEAST:
            sentence = _("Fewer than %(least)s outcomes teach nothing that lasts.") % {"least": LEAST}
            yield draft.problem("predict", (name, "least"), sentence)
        if one.every < 1:
            yield draft.problem("predict", (name, "every"), _("It can learn anew once a day at most."))
