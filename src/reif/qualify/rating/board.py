"""The data of everybody in numbers: which fields are there, which flaws there are, how old all is, which sources are worst.

Every line knows the condition of the people behind it. Four queries, whatever the number of people.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Avg, Count, Q, QuerySet

from reif.crm.models import Person
from reif.kit.clock import now
from reif.qualify.rating.ways import FLAWS, Data
from reif.rules.form import Pair
from reif.rules.predicates import All, Is, Predicate
from reif.rules.sql import where
from reif.rules.within import EVERYBODY, Within

BAND, BANDS = 10, 10
AGES = ((90, "3"), (180, "6"), (365, "12"), (540, "18"))
LEAST, WORST = 5, 8


class Line(NamedTuple):
    """n of all people: those who have the flaw or lack the field. pairs: them, for the address of the list of people."""

    key: str
    n: int
    pairs: list[Pair]


class Source(NamedTuple):
    """Averages of those who came from there, in per cent."""

    source: str
    detail: str
    people: int
    completeness: float
    quality: float
    pairs: list[Pair]


class Board(NamedTuple):
    """completeness, quality: averages. poor: people below half on either. bands: people by ten per cent of each."""

    people: int
    completeness: float | None
    quality: float | None
    poor: int
    lacking: list[Line]
    flaws: list[Line]
    ages: list[int]
    bands: tuple[list[int], list[int]]
    sources: list[Source]


def board(data: Data, within: Within = EVERYBODY) -> Board:
    """Of everybody in a segment, or of all, who is not erased."""
    needs = list(data.needs)
    asked = {f"f{n}": _lacks(name) for n, name in enumerate(needs)}
    asked |= {f"w{n}": Is("flaw", "is", flaw) for n, flaw in enumerate(FLAWS)}
    moment, living = now(), Person.objects.living().filter(within.people()).order_by()
    poor = Q(completeness__lt=50) | Q(quality__lt=50)
    counted = living.aggregate(
        n=Count("id"), c=Avg("completeness"), q=Avg("quality"), poor=Count("id", filter=poor),
        **{key: Count("id", filter=where(p, moment)) for key, p in asked.items()},
    )  # fmt: skip
    lines = {key: Line("", counted[key], within.pairs(p)) for key, p in asked.items()}
    lacking = [lines[f"f{n}"]._replace(key=name) for n, name in enumerate(needs)]
    wrong = [lines[f"w{n}"]._replace(key=flaw) for n, flaw in enumerate(FLAWS)]
    return Board(
        counted["n"], counted["c"], counted["q"], counted["poor"], sorted(lacking, key=lambda line: -line.n),
        sorted((line for line in wrong if line.n), key=lambda line: -line.n), _ages(living), _bands(living),
        _worst(living, within),
    )  # fmt: skip


def _lacks(name: str) -> Predicate:
    """Who has no value there; the company's own name counts for what the person said."""
    none = Is(name, "is not set")
    return All((none, Is("company.name", "is not set"))) if name == "company_name" else none


def _ages(living: QuerySet[Person]) -> list[int]:
    """People by the age of what they last told, as AGES has it, and those who are older."""
    moment, since = now(), None
    asked = {}
    for n, (days, _name) in enumerate(AGES):
        until = moment - timedelta(days=days)
        asked[f"a{n}"] = Count("id", filter=Q(told_at__gt=until) & (Q(told_at__lte=since) if since else Q()))
        since = until
    asked["older"] = Count("id", filter=Q(told_at__lte=since))
    return list(living.aggregate(**asked).values())


def _bands(living: QuerySet[Person]) -> tuple[list[int], list[int]]:
    """People by completeness and by quality, ten per cent each; a hundred belongs to the last."""

    def asked(field: str) -> dict[str, Count]:
        last = BANDS - 1
        return {
            f"{field}{n}": Count(
                "id",
                filter=Q(**{f"{field}__gte": BAND * n}) & (Q(**{f"{field}__lt": BAND * (n + 1)}) if n < last else Q()),
            )
            for n in range(BANDS)
        }

    found = list(living.aggregate(**asked("completeness"), **asked("quality")).values())
    return found[:BANDS], found[BANDS:]


def _worst(living: QuerySet[Person], within: Within) -> list[Source]:
    rows = living.exclude(completeness=None).values("source", "source_detail_1")
    told = rows.annotate(n=Count("id"), c=Avg("completeness"), q=Avg("quality")).filter(n__gte=LEAST)
    found = [
        Source(r["source"], r["source_detail_1"], r["n"], r["c"], r["q"],
               within.pairs(*_from(r["source"], r["source_detail_1"])))
        for r in told
    ]  # fmt: skip
    return sorted(found, key=lambda s: (s.completeness + s.quality, -s.people))[:WORST]


def _from(source: str, detail: str) -> tuple[Predicate, ...]:
    leaves = (("source", source), ("source_detail_1", detail))
    return tuple(Is(f, "is", v) if v else Is(f, "is not set") for f, v in leaves)
