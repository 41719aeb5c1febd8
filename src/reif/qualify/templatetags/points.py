"""Points as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import number_format

from reif.qualify.why import why
from reif.qualify.why.explain import Explained

register = template.Library()


@register.filter
def signed(points: int) -> str:
    """+20, −5."""
    return why.signed(points)


@register.filter
def total_cents(rows: Sequence[Explained]) -> int:
    """What the rows add up to."""
    return sum(row.cents for row in rows)


@register.filter
def exact(cents: int) -> str:
    """+20, −5, +12.35: to the cent, without empty places."""
    places = 0 if cents % 100 == 0 else 2
    return f"{'+' if cents >= 0 else '−'}{number_format(abs(cents) / 100, places, force_grouping=True)}"


@register.filter
def by_day(chart: dict[str, Any]) -> list[tuple[str, list[float]]]:
    """The numbers of a chart, a line a day."""
    return [(day, [one["values"][n] for one in chart["series"]]) for n, day in enumerate(chart["x"])]
