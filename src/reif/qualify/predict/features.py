"""A table of numbers for (person, moment) pairs: who they were and what they had done by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from reif.qualify.predict.done import Asked, Done, coded, counted, deeds_in_log, done_in_lake, micros
from reif.qualify.predict.known import Known, known, people_of
from reif.qualify.predict.shape import Floats, Shape, Words


class Facts(NamedTuple):
    """Before categories become codes. asked: only those who live."""

    asked: Asked
    words: dict[str, Words]
    numbers: Floats

    def among(self, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Facts:
        """These rows."""
        asked = Asked(self.asked.people[rows], self.asked.at[rows])
        return Facts(asked, {k: v[rows] for k, v in self.words.items()}, self.numbers[rows])


def facts_then(asked: Asked, shape: Shape, past: bool = True) -> Facts:
    """From the lake, for any number of pairs at any moments; attributes and consents from the records."""
    people = people_of(asked.people.tolist())
    living = np.isin(asked.people, np.fromiter(people.place, dtype=np.int64, count=len(people.place)))
    asked = Asked(asked.people[living], asked.at[living])
    return _facts(asked, known(asked, people, past), done_in_lake(asked, shape), shape)


def facts_now(people: list[int], at: datetime, shape: Shape) -> Facts:
    """From the records and the log, for a few people; at most six queries."""
    return facts_now_for(people, at, [shape])[0]


def facts_now_for(people: list[int], at: datetime, shapes: Sequence[Shape]) -> list[Facts]:
    """The same in several shapes, without asking again."""
    found = people_of(people)
    living = [person for person in dict.fromkeys(people) if person in found.place]
    asked = Asked(np.array(living, dtype=np.int64), np.full(len(living), micros(at), dtype=np.int64))
    who, kinds = known(asked, found, past=False), frozenset[str]().union(*(shape.kinds for shape in shapes))
    deeds = deeds_in_log(living, at, kinds)
    return [_facts(asked, who, coded(deeds, shape), shape) for shape in shapes]


def _facts(asked: Asked, who: Known, done: Done, shape: Shape) -> Facts:
    rest, counts = counted(done, len(asked.people), shape)
    return Facts(asked, who.words, np.hstack([who.numbers, rest, counts]))
