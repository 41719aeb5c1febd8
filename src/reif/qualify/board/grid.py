"""How everybody lies in a model: the grid of grades, the bands of each axis, and who is left out."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.http import urlencode

from reif.crm.models import Standing
from reif.qualify.ways import Model, words_of
from reif.rules.predicates import Is
from reif.rules.within import EVERYBODY, Within

BAND, TOP = 10, 100


class Cell(NamedTuple):
    """A grade: how many people, how strong its colour (0 to 100), and the list of them."""

    grade: str
    people: int
    share: int
    href: str


class Band(NamedTuple):
    """People whose points are from `low` to below `high`; the last band is open."""

    low: int
    high: int | None
    people: int


def grid(model: Model, main: bool, within: Within = EVERYBODY) -> list[list[Cell]]:
    """Rows A to D, columns 1 to 4; empty in a model without grades. within: of a segment alone. One query."""
    if model.grades is None:
        return []
    rows = _known(model, within).exclude(grade="").values_list("grade")
    counts = dict(rows.annotate(n=Count("id")))
    most = max(counts.values(), default=1)
    field = "grade" if main else f"grade.{model.key}"
    return [[_cell(letter + digit, counts, most, field, within) for digit in "1234"] for letter in "ABCD"]


def bands(model: Model, column: str, within: Within = EVERYBODY) -> list[Band]:
    """How many people have so many points (score, fit or engagement), in tens, up to the highest that anybody has; one query."""
    lows = range(0, TOP, BAND)
    cases = [When(**{f"{column}__lt": low + BAND}, then=Value(low)) for low in lows]
    band = Case(*cases, default=Value(TOP), output_field=IntegerField())
    counted = _known(model, within).filter(excluded="").annotate(band=band)
    counts = dict(counted.values_list("band").annotate(n=Count("id")))
    highest = max(counts, default=0)
    return [Band(low, low + BAND if low < TOP else None, counts.get(low, 0)) for low in (*lows, TOP) if low <= highest]


def left_out(model: Model, language: str, within: Within = EVERYBODY) -> list[tuple[str, int]]:
    """By rule of exclusion, in words, how many people; one query."""
    rows = _known(model, within).exclude(excluded="").values_list("excluded")
    counts = dict(rows.annotate(n=Count("id"))) if model.exclude else {}
    return [(words_of(one, language), counts.get(one.key, 0)) for one in model.exclude]


def _known(model: Model, within: Within) -> QuerySet[Standing]:
    """Where everybody stands who is not erased: the numbers are those of the lists behind them."""
    known = Standing.objects.counting().filter(model=model.key, person__erased_at=None)
    return known.filter(within.people("person")).order_by()


def _cell(grade: str, counts: dict[str, int], most: int, field: str, within: Within) -> Cell:
    people = counts.get(grade, 0)
    return Cell(grade, people, 100 * people // most, f"/people?{urlencode(within.pairs(Is(field, 'is', grade)))}")
