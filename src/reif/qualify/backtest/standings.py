"""One model over history: the best that everybody had in a period, and who stood in which stage from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from reif.qualify.backtest.deeds import Deeds
from reif.qualify.backtest.evenings import Watch
from reif.qualify.backtest.history import NEVER, History
from reif.qualify.backtest.ladder import WORKED, Evenings, climb, news
from reif.qualify.backtest.moving import Slice
from reif.qualify.backtest.over_time import Moving
from reif.qualify.backtest.sales import Sales
from reif.qualify.backtest.series import DAY_BITS, Ints, starts
from reif.qualify.backtest.stays import Stays
from reif.qualify.backtest.worths import Worths
from reif.qualify.replay.matching import of_the_deed
from reif.qualify.replay.sums import Slots
from reif.qualify.ways import Model, Stages
from reif.rules.columns import literal
from reif.rules.predicates import Is, Predicate, leaves

OVER_TIME = ("score", "fit", "engagement", "grade", "consent")
"""What is read as of each moment."""
MANY = 2_000_000  # so many evenings are kept before somebody climbs


@dataclass(frozen=True)
class Standings:
    """By person, a place for everybody: the highest score (whole points) in the period, the first day with it, and the
    grade on it; NEVER for a day on which nothing was asked about. stays: who was in which stage.
    """

    best: Ints
    day: Ints
    grade: NDArray[np.str_]
    stays: Stays


class Replay:
    """A model made ready, and what it came to so far. since, until: the first day of the period and the one after it."""

    def __init__(self, history: History, model: Model, stages: Stages, since: int = 0, until: int = NEVER) -> None:
        self.history, self.model, self.stages, self.since, self.until = history, model, stages, since, until
        self.definitions = stages.given
        self.silence = any(d.silence_days is not None for d in self.definitions.values())
        self.rising = [n for n, rule in enumerate(model.rules) if rule.fades and rule.points < 0]
        given = [part for one in self.definitions.values() for part in one.asked]
        self.asked: list[Predicate] = [*given, *(one.when for one in model.exclude)]
        history.know(_of_people(model, self.asked))
        self.worths, self.profile = Worths(model, history.days + 1), _profile(history, model)
        self.sales = Sales.of(history)
        self.watch = Watch(self)
        people = len(history.ids)
        self.best, self.day = np.zeros(people, dtype=np.int32), np.full(people, NEVER, dtype=np.int32)
        self.grade = np.full(people, "", dtype="<U2")
        self._seen: list[tuple[Ints, NDArray[np.uint8]]] = []
        self._stays: list[Stays] = []
        self._lock = Lock()

    def play(self, part: Deeds) -> None:
        """Take in a slice of people."""
        own = Slice(self, part)
        last = int(part.person[-1]) + 1 if len(part.person) else part.low
        moving = own.moving(self.sales.days(part.low, last))
        if not len(moving.key):
            return
        top = self._tops(moving)
        whom = moving.moments.person[top] + part.low
        self.best[whom], self.day[whom] = moving.score[top], moving.moments.day[top]
        self.grade[whom] = moving.grade[top]
        for key, known in self.watch.seen(own, moving):
            self._keep(key.astype(np.int64) + (part.low << DAY_BITS), known)

    def done(self) -> Standings:
        """What everybody came to, when all slices have been taken in."""
        self._climb(self._seen)
        return Standings(self.best, self.day, self.grade, Stays.joined(self._stays))

    def _keep(self, key: Ints, known: NDArray[np.uint8]) -> None:
        """Of a slice what the ladder needs; many slices climb together, and nobody waits for those who climb."""
        with self._lock:
            self._seen.append((key, known))
            if sum(len(known) for _key, known in self._seen) <= MANY:
                return
            seen, self._seen = self._seen, []
        self._climb(seen)

    def _climb(self, seen: list[tuple[Ints, NDArray[np.uint8]]]) -> None:
        if not seen:
            return
        key, known = (np.concatenate(column) for column in zip(*seen, strict=True))
        order = np.argsort(key, kind="stable")
        key, known = key[order], known[order]
        known[self.sales.at_work(key)] |= WORKED
        sent = self.sales.sent_to(key)
        new = news(key, known, sent)
        key, known, sent = key[new], known[new], sent[new]
        taken = np.minimum(self.history.accepted, self.history.won)[key >> DAY_BITS]
        stays = climb(Evenings(key, known, sent, taken, self.history.days), self.stages)
        with self._lock:
            self._stays.append(stays)

    def _tops(self, moving: Moving) -> Ints:
        """Each person's first moment with the highest score in the period, backwards."""
        inside = np.flatnonzero((moving.moments.day >= self.since) & (moving.moments.day < self.until))
        if not len(inside):
            return inside
        person, score = moving.moments.person[inside], moving.score[inside]
        own = starts(person)
        best = np.repeat(np.maximum.reduceat(score, own), np.diff(np.append(own, len(person))))
        top: Ints = inside[score == best][::-1]
        return top


def _of_people(model: Model, asked: Iterable[Predicate]) -> Iterator[Predicate]:
    """Conditions on people themselves, which are read as is known now."""
    asked = list(asked)
    if any(isinstance(leaf, Is) and leaf.field == "consent" for one in asked for leaf in leaves(one)):
        yield Is("consent", "is", True)
    yield from (rule.when for rule in model.rules if rule.when and not of_the_deed(rule.when))
    yield from (leaf for one in asked for leaf in leaves(one) if isinstance(leaf, Is) and leaf.field not in OVER_TIME)


def _profile(history: History, model: Model) -> list[Ints | None]:
    """Cents of fit rules by slot, for everybody, as people are known now; none where nobody has any."""
    slots = Slots(model)
    names = slots.names()
    if not model.fit:
        return [None] * len(names)
    sql = slots.profile(literal(history.moment(history.days + 1)))
    picked = ", ".join(f"f_{name}" for name in names)
    asked = f"SELECT {picked} FROM (SELECT p.id{sql} FROM people p) f JOIN places q ON q.id = f.id ORDER BY q.place"
    got = history.lake.execute(asked).fetchnumpy()
    given = [np.ascontiguousarray(got[f"f_{name}"], dtype=np.int64) for name in names]
    return [own if own.any() else None for own in given]
