"""Small pictures of the connections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def day_bars(values: Sequence[int], days: Sequence[date]) -> SafeString:
    """A bar for each day; the sum stands in the text beside it."""
    most = max(values, default=0) or 1
    step = 180 / max(len(values), 1)
    bars = format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="{}" rx="1"{}><title>{}</title></rect>',
        (
            (f"{n * step:.1f}", f"{26 - _height(value, most):.1f}", f"{step - 1.5:.1f}", f"{_height(value, most):.1f}",
             "" if value else SafeString(' class="none"'), _words(day, value))
            for n, (value, day) in enumerate(zip(values, days, strict=True))
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="day-bars" viewBox="0 0 180 26" preserveAspectRatio="none" aria-hidden="true">{}</svg>', bars
    )


def _height(value: int, most: int) -> float:
    return max(value / most * 25, 1.5) if value else 1


def _words(day: date, value: int) -> str:
    return f"{day:%d.%m.}: " + ngettext("%d lead", "%d leads", value) % value
