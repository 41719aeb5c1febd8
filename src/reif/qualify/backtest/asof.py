"""A predicate read at moments of the past: scores and deeds as of then, everything else as it is known now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from reif.qualify.backtest.deeds import Deeds, Source
from reif.qualify.backtest.history import History
from reif.qualify.backtest.series import DAY, Ints, Moments, Truths
from reif.rules.fields import field_of
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate, leaves
from reif.rules.values import wanted as ready

Values = Mapping[str, Ints]
Done = dict[tuple[str, str], Ints]


class AsOf:
    """Reads predicates at these moments of a slice of people, who did these deeds.

    values: score, fit and engagement in points, and grade as texts, by moment. did: is filled with the days of deeds that
    were looked up, for who asks about the same people again.
    """

    def __init__(self, history: History, deeds: Deeds, moments: Moments, did: Done | None = None) -> None:
        self.history, self.deeds, self.moments = history, deeds, moments
        self._keys = moments.key
        self._did: Done = {} if did is None else did

    def holds(self, predicate: Predicate, values: Values) -> Truths:
        """One truth for each moment."""
        return self._read(predicate, values, np.arange(len(self._keys)))

    def _read(self, predicate: Predicate, values: Values, at: Ints) -> Truths:
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
            case Is(name) if name in values:
                return compare(values[name][at], predicate)
        return self._now(predicate, at)

    def _every(self, parts: tuple[Predicate, ...], values: Values, at: Ints) -> Truths:
        """What is cheap to ask comes first, and the rest is asked only of the moments that are left."""
        left = np.arange(len(at))
        for part in sorted(parts, key=_cost):
            if len(left):
                left = left[self._read(part, values, at[left])]
        found = np.zeros(len(at), dtype=bool)
        found[left] = True
        return found

    def _happened(self, leaf: Did, at: Ints) -> Truths:
        done, person, day = self._deeds(leaf), self.moments.person[at], self.moments.day[at]
        until = np.searchsorted(done, self._keys[at], "right")
        first = day - leaf.within_days + 1 if leaf.within_days is not None else np.int64(0)
        since = np.searchsorted(done, person * DAY + np.maximum(first, 0), "left")
        enough: Truths = until - since >= leaf.at_least
        return enough

    def _deeds(self, leaf: Did) -> Ints:
        """The days on which it was done, as often as it was."""
        key = (leaf.kind, leaf.topic)
        if key not in self._did:
            self._did[key] = np.sort(self.deeds.keys(self.deeds.heard(Source.of(leaf))))
        return self._did[key]

    def _now(self, predicate: Predicate, at: Ints) -> Truths:
        return self.history.holds_now(predicate).take(self.moments.person[at] + self.deeds.low)

    def _consented(self, leaf: Is, at: Ints) -> Truths:
        """Given and not withdrawn since, by the log; who has neither event there is taken as today."""
        given, withdrawn = (self._last(Did(kind), at) for kind in ("consent.given", "consent.withdrawn"))
        now = self._now(Is("consent", "is", True), at)
        silent = (given < 0) & (withdrawn < 0)
        ever = np.isin(self.moments.person[at], self._deeds(Did("consent.given")) // DAY)
        had = np.where(silent, now & ~ever, given > withdrawn)
        truth: Truths = had if (leaf.op == "is") is bool(leaf.value) else ~had
        return truth

    def _last(self, leaf: Did, at: Ints) -> Ints:
        """The day on which it happened last by then; -1 when never."""
        done, keys = self._deeds(leaf), self._keys[at]
        if not len(done):
            return np.full(len(at), -1)
        found = done[np.maximum(np.searchsorted(done, keys, "right") - 1, 0)]
        mine = (found // DAY == self.moments.person[at]) & (found <= keys)
        return np.where(mine, found % DAY, -1)


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
