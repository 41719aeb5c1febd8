"""Points as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from reif.qualify import why
from reif.qualify.ledger import Explained

register = template.Library()


@register.filter
def signed(points: int) -> str:
    """+20, −5."""
    return why.signed(points)


@register.filter
def total_points(rows: Sequence[Explained]) -> int:
    """What the rows add up to."""
    return sum(row.points for row in rows)
