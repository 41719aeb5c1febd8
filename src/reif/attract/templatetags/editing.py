"""Tags of the editor of landing pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from reif.attract.pages.fields import ICONS
from reif.attract.pages.labels import BLOCKS, block_label
from reif.attract.pages.thumbs import thumb
from reif.attract.pages.verdict import points

register = template.Library()


@register.simple_tag
def block_thumb(name: str) -> SafeString:
    return thumb(name)


@register.filter
def kind_label(name: str) -> str:
    return block_label(name)


@register.filter
def kind_icon(name: str) -> str:
    return BLOCKS[name][1] if name in BLOCKS else "square-dashed"


@register.filter
def kind_help(name: str) -> str:
    return str(BLOCKS[name][2]) if name in BLOCKS else ""


@register.filter
def sort_of(bound: BoundField) -> str:
    """Which kind of field this is: short, long, tick, picture, …"""
    return str(getattr(bound.field, "sort", "short"))


@register.filter
def said_by(bound: BoundField) -> Any:
    """Its value, for fields that are drawn by hand."""
    return bound.value() or ""


@register.filter
def in_points(value: float) -> str:
    """0.041 as 4.10 percentage points."""
    return points(value)


@register.simple_tag
def signs() -> list[str]:
    return ICONS
