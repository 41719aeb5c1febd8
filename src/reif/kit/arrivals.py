"""As what would a visit of this address be counted? The room that counts says so, the room that builds links asks here;
neither knows the other."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Counted(msgspec.Struct, frozen=True):
    """source: the category's code; detail_1, detail_2: its drill-downs."""

    source: str
    detail_1: str = ""
    detail_2: str = ""
    campaign: str = ""


Count = Callable[[str, str], Counted]
_counts: list[Count] = []


def keep_count(count: Count) -> None:
    """Register who counts arrivals: address and referrer in, what it counts as out."""
    _counts[:] = [count]


def counted(url: str, referrer: str = "") -> Counted | None:
    """None when nobody counts."""
    return _counts[0](url, referrer) if _counts else None
