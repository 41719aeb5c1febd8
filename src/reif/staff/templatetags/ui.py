"""Small things that templates draw: icons, initials, numbers, sparklines, the navigation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from reif.staff.nav import Group, Link, groups_for

register = template.Library()
SHAPES = Path(__file__).parent.parent / "static/dist/icons.json"
HUES = (350, 20, 55, 90, 145, 185, 230, 265, 300)


class UnknownIcon(LookupError):
    """No lucide icon has this name; the sentence names the closest one."""


@cache
def shapes() -> dict[str, str]:
    if not SHAPES.exists():
        raise FileNotFoundError("The front end is not built yet: run `npm ci --ignore-scripts && npm run build`.")
    found: dict[str, str] = json.loads(SHAPES.read_text())
    return found


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """A lucide icon as inline SVG: decoration, unless a label makes it an image with a name."""
    shape = shapes().get(name)
    if shape is None:
        raise UnknownIcon(
            f"There is no icon “{name}”. Close: {', '.join(get_close_matches(name, shapes())) or 'none'}."
        )
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        meaning,
        mark_safe(shape),
    )


@register.filter
def initials(name: object) -> str:
    """«Anna-Lena Müller» is AM, «anna@firma.ch» is A, nothing is ?."""
    words = [word for word in str(name or "").split("@")[0].replace(".", " ").split() if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def hue(name: object) -> int:
    """A colour that stays with a name."""
    return HUES[crc32(str(name or "").encode()) % len(HUES)]


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """12 345 as the language writes it; nothing is a dash."""
    return "–" if value is None else number_format(value, places, force_grouping=True)


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    """0.125 as 13 %."""
    return "–" if share is None else f"{number_format(round(share * 100, places), places, force_grouping=True)}\u202f%"


@register.filter
def moment(value: datetime | None) -> str:
    """The moment as scripts read it."""
    return value.isoformat(timespec="seconds") if value else ""


@register.filter
def band(score: int | float | None) -> str:
    """How ripe a score of 100 is: cool, warm, hot, ripe."""
    value = float(score or 0)
    return "ripe" if value >= 75 else "hot" if value >= 50 else "warm" if value >= 25 else "cool"


@register.filter
def share_of(value: float | str | None, whole: float | str | None) -> str:
    """How much of the whole, as a number from 0 to 100 for CSS (always with a point)."""
    total = float(whole or 0)
    return f"{min(100.0, max(0.0, 100 * float(value or 0) / total)) if total else 0:.1f}"


@register.simple_tag
def mine(german: str, english: str, *others: str) -> str:
    """What has words in both languages, in the reader's; else in the other, else the first of the others."""
    first = (german, english) if (get_language() or "de").startswith("de") else (english, german)
    return next((str(text) for text in (*first, *others) if text), "")


@register.simple_tag
def sparkline(values: Sequence[float] | None, tone: str = "accent") -> SafeString:
    """A small line without axes; the value stands in the text beside it."""
    points = [float(value) for value in values or ()]
    if len(points) < 2 or not any(points):
        return mark_safe("")
    low, high = min(points), max(points)
    span = (high - low) or 1.0
    places = [(i * 80 / (len(points) - 1), 26 - (point - low) / span * 24) for i, point in enumerate(points)]
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return format_html(
        '<svg class="spark" data-tone="{}" viewBox="0 0 80 28" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="M0,28 L{} L80,28Z"/><polyline points="{}"/></svg>',
        tone,
        text.replace(" ", " L"),
        text,
    )


@register.simple_tag(takes_context=True)
def nav_groups(context: Context) -> list[Group]:
    """The navigation of the person who looks, with the present page marked."""
    request: HttpRequest | None = context.get("request")
    user: Any = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return []
    return groups_for(user, request.path)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The present query string with some values changed; None or "" removes one. For sorting, tabs and pages."""
    request: HttpRequest = context["request"]
    values = request.GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = str(value)
    return f"?{values.urlencode()}"


@register.filter
def to_json(value: object) -> SafeString:
    """For <script type="application/json">: no text inside can end the script."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@register.filter
def first_links(groups: list[Group], most: int) -> list[Link]:
    """The first links of the navigation, for the bar at the bottom of a phone."""
    return [link for group in groups for link in group.links][:most]
