"""A picture of a persona: a face drawn from its key, always the same, so that people recognise it across pages."""

from __future__ import annotations

from hashlib import blake2b

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LOOKS = {
    "bun": '<circle cx="32" cy="11" r="6.5" fill="{h}"/><path d="M18 30c-1-13 6-18 14-18s15 5 14 18l-3-7c-7 0-15-1-19-5-1 4-3 6-6 12z" fill="{h}"/>',
    "long": '<path d="M16 46c-3-10-2-34 16-34s19 24 16 34l-6 2V27c-8-1-14-3-18-7-1 4-2 6-2 9v19z" fill="{h}"/>',
    "short": '<path d="M19 29c-3-12 4-18 13-18s16 6 13 18l-3-6c-8 1-14-1-18-4-2 3-3 5-5 10z" fill="{h}"/>',
    "curly": '<path d="M19 30a6 6 0 0 1-1-10 7 7 0 0 1 8-8 8 8 0 0 1 12 0 7 7 0 0 1 8 8 6 6 0 0 1-1 10l-3-8c-6-2-14-2-20 0z" fill="{h}"/>',
    "bob": '<path d="M17 39c-2-6-4-27 15-27s17 21 15 27h-5V27c-7 0-13-2-17-6-2 3-3 5-3 8v10z" fill="{h}"/>',
    "bald": '<path d="M20 26c0-3 1-6 3-8-1 4-1 6-3 8zm24 0c0-3-1-6-3-8 1 4 1 6 3 8z" fill="{h}"/>',
}  # fmt: skip
_SKIN = ("#f2d3bc", "#e8bf9f", "#d9a47e", "#b87d56", "#8a5a3c")
_HAIR = ("#2b2320", "#4a3226", "#7a4e2d", "#b98a4a", "#8d8b8a", "#5b2e22")
_SHIRT = ("#3f7d78", "#5b6abf", "#b4583f", "#8a6aa8", "#4d7c4a", "#b0803a")
_GROUND = ("#dcefec", "#e3e6f7", "#f7e3dd", "#ede4f4", "#e2efe0", "#f5ead6")


def portrait(key: str, look: str = "", size: int = 48) -> SafeString:
    """An SVG, for pages; what it shows is said beside it, so readers of the screen pass it over."""
    dice = blake2b(key.encode(), digest_size=8).digest()
    hair = LOOKS.get(look) or LOOKS[sorted(LOOKS)[dice[0] % len(LOOKS)]]
    skin, shirt, ground = _SKIN[dice[1] % 5], _SHIRT[dice[2] % 6], _GROUND[dice[2] % 6]
    return format_html(
        '<svg viewBox="0 0 64 64" width="{s}" height="{s}" aria-hidden="true" class="shrink-0 rounded-full">'
        '<rect width="64" height="64" fill="{g}"/><path d="M8 68c1-14 11-20 24-20s23 6 24 20z" fill="{c}"/>'
        '<path d="M27 40h10v9c0 3-2 5-5 5s-5-2-5-5z" fill="{k}"/><ellipse cx="32" cy="30" rx="12" ry="14" fill="{k}"/>{hair}'
        '<circle cx="27" cy="31" r="1.4" fill="#33261f"/><circle cx="37" cy="31" r="1.4" fill="#33261f"/>'
        '<path d="M28 37c2 2 6 2 8 0" stroke="#33261f" stroke-width="1.3" fill="none" stroke-linecap="round"/>{glasses}</svg>',
        s=size, g=ground, c=shirt, k=skin, hair=mark_safe(hair.format(h=_HAIR[dice[3] % 6])), glasses=_glasses(dice[4]),
    )  # fmt: skip


def _glasses(dice: int) -> SafeString:
    worn = '<g fill="none" stroke="#33261f" stroke-width="1.1"><circle cx="27" cy="31" r="4"/><circle cx="37" cy="31" r="4"/><path d="M31 31h2"/></g>'
    return mark_safe(worn if dice % 3 == 0 else "")
