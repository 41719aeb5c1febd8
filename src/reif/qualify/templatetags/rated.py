"""Personas and the quality of data as people read them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from reif.crm.money import say_all
from reif.crm.templatetags.touches import detail_word, source_word
from reif.qualify.personas import portrait as pictures

register = template.Library()
register.filter("source_word", source_word)
register.filter("detail_word", detail_word)
register.filter("amounts", say_all)


@register.filter
def per_cent(value: float | None) -> str:
    """72.4 as 72 %, and a hundred only when it is one."""
    if value is None:
        return "–"
    near = 99 < value < 100
    return f"{number_format(min(round(value, 1), 99.9) if near else round(value), int(near))}\u202f%"


@register.filter
def days(value: float | None) -> str:
    """Half a day is told, from ten days on whole ones are."""
    return (
        "–" if value is None else number_format(round(value, 1) if value < 10 else round(value), 1 if value < 10 else 0)
    )


@register.simple_tag
def portrait(key: str, look: str = "", size: int = 48) -> SafeString:
    """The picture of a persona."""
    return pictures.portrait(key, look, size)


@register.filter
def by_band(chart: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The numbers of a chart, a line a band."""
    return list(zip(chart["x"], *(one["values"] for one in chart["series"]), strict=True))
