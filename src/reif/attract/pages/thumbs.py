"""The little pictures of the palette: each kind of block as a few bars on a sheet of 60 by 38."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TONES = {"s": "strong", "a": "accent"}


@cache
def thumb(name: str) -> SafeString:
    """An SVG without words; what it means stands beside it."""
    bars = [bar.split() for bar in _DRAWN.get(name, _DRAWN["text"]).split(", ")]
    shapes = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="1.2" class="{}"/>',
        ((*bar[:4], TONES.get(bar[4], "") if len(bar) > 4 else "") for bar in bars),
    )
    return format_html('<svg class="thumb" viewBox="0 0 60 38" aria-hidden="true">{}</svg>', shapes)


# x, y, width, height, and s for strong or a for the accent.
_DRAWN = {
    "hero": (
        "4 8 24 4 s, 4 14 18 4 s, 4 21 24 1.8, 4 24.5 20 1.8, 4 29 10 4 a, 34 6 22 27, 37 10 16 3 s, 37 15 16 "
        "3 s, 37 26 16 4 a"
    ),
    "text": "10 7 22 3.4 s, 10 14 40 1.8, 10 18 38 1.8, 10 22 40 1.8, 10 26 30 1.8",
    "columns": (
        "4 6 24 11, 4 20 18 2.4 s, 4 25 24 1.8, 4 28.5 20 1.8, 32 6 24 11, 32 20 18 2.4 s, 32 25 24 1.8, 32 28.5 20 1.8"
    ),
    "picture": "8 5 44 24, 14 19 12 6 s, 24 14 18 11 s, 42 9 4 4 a, 22 31.5 16 1.8",
    "form": "16 5 28 3 s, 16 11 28 5, 16 18 28 5, 16 26 14 5 a",
    "benefits": (
        "4 5 20 3 s, 4 13 4 4 a, 4 19 11.7333 2 s, 4 23 14.6667 1.6, 4 26 13.2 1.6, 22.6667 13 4 4 a, 22.6667 "
        "19 11.7333 2 s, 22.6667 23 14.6667 1.6, 22.6667 26 13.2 1.6, 41.3333 13 4 4 a, 41.3333 19 11.7333 2 "
        "s, 41.3333 23 14.6667 1.6, 41.3333 26 13.2 1.6"
    ),
    "quote": "8 9 4 5 a, 15 9 36 3 s, 15 14.5 30 3 s, 15 22 14 1.8, 15 25.5 10 1.8",
    "faq": ("4 5 16 3 s, 26 5 28 2.2 s, 26 9.5 24 1.6, 26 12.5 26 1.6, 26 19 28 2.2 s, 26 26 28 2.2 s, 26 31 20 1.6"),
    "video": "8 5 44 27, 26 13 9 10 a",
    "countdown": "18 6 24 3 s, 8 13 9 11, 19.5 13 9 11, 31 13 9 11, 42.5 13 9 11, 22 28 16 4 a",
    "call_to_action": "4 7 52 24 s, 9 13 22 3, 9 18 18 1.8, 9 23 11 4 a",
    "plans": (
        "4 5 15 28, 22.5 3 15 32, 41 5 15 28, 7 9 8 3 s, 25.5 8 8 3 s, 44 9 8 3 s, 7 26 9 3.4 s, 25.5 27 9 "
        "3.4 a, 44 26 9 3.4 s"
    ),
    "table": (
        "4 6 52 2.2 s, 4 12 20 1.8, 4 18 20 1.8, 4 24 20 1.8, 4 30 20 1.8, 32 11.5 3 3 a, 32 17.5 3 3 a, 32 "
        "23.5 3 3 a, 32 29.5 3 3 a, 48 11.5 3 3, 48 17.5 3 3, 48 23.5 3 3, 48 29.5 3 3"
    ),
    "agenda": (
        "4 5 18 3 s, 4 12 4 4 a, 4 19.5 4 4 a, 4 27 4 4 a, 11 12 20 1.8 s, 11 19.5 20 1.8 s, 11 27 20 1.8 s, "
        "40 8 16 23, 45 12 6 6 s"
    ),
    "articles": "4 5 16 3 s, 4 12 15 10, 22.5 12 15 10, 41 12 15 10, 4 25 13 2 s, 22.5 25 13 2 s, 41 25 13 2 s",
    "divider": "4 7 30 1.8, 4 18.5 52 1 s, 4 29 26 1.8",
}
