"""Which deeds of a slice earn by which rule: after conditions and limits, in the order in which deeds became known."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np

from reif.qualify.backtest.deeds import Deeds, Source
from reif.qualify.backtest.history import History
from reif.qualify.backtest.series import Ints, starts
from reif.qualify.replay.matching import of_the_deed
from reif.qualify.ways import Model, Rule

YEARS = 1 << 17  # more days than a calendar has that anybody asks about


class Hearing(NamedTuple):
    """What makes a rule earn, whatever it is worth."""

    source: Source
    when: str
    per_day: int | None
    most: int | None
    per: str

    @classmethod
    def of(cls, rule: Rule) -> Hearing:
        return cls(Source.of(rule), repr(rule.when), rule.per_day, rule.most, rule.per)


class Earned(NamedTuple):
    """The rows of a rule. keys: person * DAY + the day on which each was known; days: on which it was done."""

    hearing: Hearing
    keys: Ints
    days: Ints


def earned(history: History, part: Deeds, model: Model) -> list[Earned]:
    """What each rule gave; once for all models that have such a rule."""
    return [part.once(Hearing.of(rule), partial(_earned, history, part, rule)) for rule in model.rules]


def _earned(history: History, part: Deeds, rule: Rule) -> Earned:
    at = _of(history, part, rule)
    return Earned(Hearing.of(rule), part.keys(at), part.day.take(at))


def _of(history: History, part: Deeds, rule: Rule) -> Ints:
    source = Source.of(rule)
    at = part.heard(source)
    if rule.when is not None and of_the_deed(rule.when):
        at = at[(part.verdict.take(at) >> part.bits[source, repr(rule.when)]) & 1 == 1]
    elif rule.when is not None:
        at = at[history.holds_now(rule.when).take(part.person.take(at))]
    if rule.per_day is not None:
        at = at[_first(part.person.take(at) - part.low, part.here.take(at), rule.per_day)]
    if rule.most is not None:
        period = _period(rule.per, part.here.take(at), history.origin.date())
        at = at[_first(part.person.take(at) - part.low, period, rule.most)]
    return at


def _period(per: str, here: Ints, origin: date) -> Ints | None:
    """The number of the period in which a day lies; none for ever."""
    match per:
        case "day":
            return here
        case "week":
            return (here + origin.weekday()) // 7
        case "month":
            days = np.datetime64(origin, "D") + here.astype(np.int64)
            return days.astype("datetime64[M]").astype(np.int64)
    return None


def _first(person: Ints, period: Ints | None, limit: int) -> Ints:
    """Which are the first so many of a person and a period."""
    if not len(person):
        return np.zeros(0, dtype=np.intp)
    key = person if period is None else person.astype(np.int64) * YEARS + period
    order = np.argsort(key, kind="stable")
    own = starts(key[order])
    rank = np.arange(len(key)) - np.repeat(own, np.diff(np.append(own, len(key))))
    return np.sort(order[rank < limit])
