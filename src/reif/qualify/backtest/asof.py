"""A predicate read at moments of the past: scores and deeds as of then, everything else as it is known now."""

from __future__ import annotations

from typing import Any

import numpy as np

from reif.qualify.backtest.deeds import Deeds, Source
from reif.qualify.backtest.history import History
from reif.qualify.backtest.over_time import POINTS, Moving
from reif.qualify.backtest.series import DAY, Ints, Moments, Truths, smaller
from reif.rules.fields import field_of
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate, leaves
from reif.rules.values import wanted as ready


class AsOf:
    """Reads predicates at these moments of a slice of people, who did these deeds."""

    def __init__(self, history: History, deeds: Deeds, moments: Moments) -> None:
        self.history, self.deeds, self.moments = history, deeds, moments
        self._keys = moments.key

    def holds(self, predicate: Predicate, values: Moving | None = None) -> Truths:
        """One truth for each moment. values: what a model says then, when points and grades are read as of the moment."""
        return self._read(predicate, values, None)

    def _read(self, predicate: Predicate, values: Moving | None, at: Ints | None) -> Truths:
        """At some of the moments, or at all."""
        match predicate:
            case All(of):
                return self._every(of, values, at)
            case AnyOf(of):
                return ~self._every(tuple(Not(part) for part in of), values, at)
            case Not(part):
                return ~self._read(part, values, at)
            case Did():
                return self._happened(predicate, at)
            case Is("consent"):
                return self._consented(predicate, at)
            case Is(name) if values is not None and name in POINTS:
                return compare(_some(values.value(name), at), predicate)
        return self._now(predicate, at)

    def _every(self, parts: tuple[Predicate, ...], values: Moving | None, at: Ints | None) -> Truths:
        """What is cheap to ask comes first, and the rest is asked only of the moments that are left."""
        left: Ints | None = None
        for part in sorted(parts, key=_cost):
            if left is None:
                left = np.flatnonzero(self._read(part, values, at))
            elif len(left):
                left = left[self._read(part, values, left if at is None else at.take(left))]
        found = np.full(len(self._keys) if at is None else len(at), left is None)
        if left is not None:
            found[left] = True
        return found

    def _happened(self, leaf: Did, at: Ints | None) -> Truths:
        done, over, keys = self._deeds(leaf), self._over(leaf), _some(self._keys, at)
        enough: Truths = smaller(done, keys, equal=True) - smaller(over, keys, equal=True) >= leaf.at_least
        return enough

    def _deeds(self, leaf: Did) -> Ints:
        """The days on which it became known that it was done, as often as it was; looked up once for all models."""
        source = Source.of(leaf)
        return self.deeds.once(("days", source), lambda: np.sort(self.deeds.keys(self.deeds.heard(source))))

    def _over(self, leaf: Did) -> Ints:
        """The first days on which each of them does not count any more: a span begins when it was done."""
        source = Source.of(leaf)
        return self.deeds.once(("over", source, leaf.within_days), lambda: self._ends(source, leaf.within_days))

    def _ends(self, source: Source, within: int | None) -> Ints:
        at = self.deeds.heard(source)
        known, day = self.deeds.known.take(at), self.deeds.day.take(at).astype(np.int32)
        last = np.full(len(at), DAY - 1) if within is None else np.minimum(np.maximum(day + within, known), DAY - 1)
        return np.sort(self.deeds.keys(at) - known + last)

    def _now(self, predicate: Predicate, at: Ints | None) -> Truths:
        whom = _some(self.moments.person, at) + self.deeds.low
        found: Truths = self.history.holds_now(predicate).take(whom)
        return found

    def _consented(self, leaf: Is, at: Ints | None) -> Truths:
        """Given and not withdrawn since, by the log; who has neither event there is taken as today."""
        given, withdrawn = (self._last(Did(kind), at) for kind in ("consent.given", "consent.withdrawn"))
        now = self._now(Is("consent", "is", True), at)
        silent = (given < 0) & (withdrawn < 0)
        ever = np.isin(_some(self.moments.person, at), self._deeds(Did("consent.given")) // DAY)
        had = np.where(silent, now & ~ever, given > withdrawn)
        truth: Truths = had if (leaf.op == "is") is bool(leaf.value) else ~had
        return truth

    def _last(self, leaf: Did, at: Ints | None) -> Ints:
        """The day on which it happened last by then; -1 when never."""
        done, keys = self._deeds(leaf), _some(self._keys, at)
        if not len(done):
            return np.full(len(keys), -1)
        found = done[np.maximum(np.searchsorted(done, keys, "right") - 1, 0)]
        mine = (found // DAY == keys // DAY) & (found <= keys)
        return np.where(mine, found % DAY, -1)


def _some(column: Any, at: Ints | None) -> Any:
    return column if at is None else column.take(at)


def _cost(predicate: Predicate) -> int:
    """Deeds have to be looked up, scores and profiles are there."""
    return sum(1 if isinstance(leaf, Is) and leaf.field != "consent" else 20 for leaf in leaves(predicate))


def compare(values: Any, leaf: Is) -> Truths:
    """A number or a grade against what the leaf says; an empty grade is missing."""
    there: Truths = np.full(len(values), True) if values.dtype.kind == "i" else values.astype(str) != ""
    field = field_of(leaf.field)
    said = ready(field, leaf) if field else leaf.value
    wanted: tuple[Any, ...] = said if isinstance(said, tuple) else (said,)
    if values.dtype.kind == "U" and leaf.op in (">=", "<="):
        return np.isin(values, np.array(wanted))
    match leaf.op:
        case "is set":
            return there
        case "is not set":
            return ~there
        case "is" | "one of":
            return np.isin(values, np.array(wanted))
        case "is not" | "none of":
            return ~np.isin(values, np.array(wanted)) & there
        case "between":
            return np.asarray((values >= wanted[0]) & (values <= wanted[-1]))
    return np.asarray(_ORDER[leaf.op](values, wanted[0]))


_ORDER = {">=": np.greater_equal, "<=": np.less_equal, ">": np.greater, "<": np.less}
