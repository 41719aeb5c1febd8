"""Numbers of the funnel as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from reif.analyse.funnel import Step
from reif.crm.templatetags.touches import source_word
from reif.staff.templatetags.ui import number
from reif.staff.templatetags.words import stage_word

register = template.Library()
register.filter("stage_word", stage_word)


register.filter("source_name", source_word)


@register.filter
def signed_percent(change: float) -> str:
    """+12 %, −5 %."""
    return f"{'+' if change >= 0 else '−'}{number(abs(change))}\u202f%"


@register.filter
def whole_way(steps: Sequence[Step]) -> float | None:
    """Customers for each lead of the period; none without leads."""
    return steps[-1].reached / steps[0].reached if steps[0].reached else None
