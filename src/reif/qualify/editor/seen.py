"""What an edited model would do, seen on real people: ten of them, how the scores would lie, and what is odd."""

from __future__ import annotations

from typing import NamedTuple

from reif.crm.models import Person, Standing
from reif.crm.set_score import Place
from reif.qualify.editor.warn import warnings
from reif.qualify.editor.what_if import SAMPLE, Found, sample, what_if
from reif.qualify.ways import Model

TEN, BAND, BANDS = 10, 10, 11


class Move(NamedTuple):
    """A person now and under the draft. moved: points more, or fewer."""

    person: Person
    before: Standing | None
    after: Place
    moved: int


class Band(NamedTuple):
    """How many of the sample have so many points, from `low`: now and under the draft."""

    low: int
    old: int
    new: int


class Seen(NamedTuple):
    """found: of everybody in the sample. has: how many have the part it is about. ten: whom it moves most, or the best and the latest when it moves nobody.
    most: people in the fullest band. moved: how many of the sample have more or fewer points."""

    found: Found
    has: int | None
    ten: list[Move]
    bands: list[Band]
    most: int
    sampled: int
    moved: int
    warnings: list[str]


def seen(model: Model, language: str, about: str = "") -> Seen:
    """Reckons the sample. about: the key of the one part that is edited; nothing is written, and the number of queries does not grow with it."""
    people = list(dict.fromkeys(sample(model.key, SAMPLE)))
    found = what_if(model, people)
    now = {s.person_id: s for s in Standing.objects.counting().filter(model=model.key, person__in=people)}
    moved = {i: found.places[i].score - (now[i].score if i in now else 0) for i in people}
    ten = _whom(people, moved)
    names = Person.objects.in_bulk(ten)
    bands = _bands([now[i].score if i in now else 0 for i in people], [found.places[i].score for i in people])
    counted = about in {rule.key for rule in model.rules} | {fit.key for fit in model.fit}
    return Seen(
        found, found.fired[about] if counted else None, [Move(names[i], now.get(i), found.places[i], moved[i]) for i in ten if i in names], bands,
        max((max(b.old, b.new) for b in bands), default=0), len(people), sum(map(bool, moved.values())),
        list(warnings(model, found, language, about)),
    )  # fmt: skip


def _whom(people: list[int], moved: dict[int, int]) -> list[int]:
    """The ten to show."""
    most = sorted((i for i in people if moved[i]), key=lambda i: -abs(moved[i]))[:TEN]
    rest = [i for i in dict.fromkeys(people[: TEN // 2] + people[-TEN // 2 :]) if not moved[i]]
    return most + rest[: TEN - len(most)]


def _bands(before: list[int], after: list[int]) -> list[Band]:
    old, new = ([min(max(score, 0) // BAND, BANDS - 1) for score in scores] for scores in (before, after))
    return [Band(n * BAND, old.count(n), new.count(n)) for n in range(BANDS)]
