"""Who is looking at a page, as far as they agreed to be known? The room that knows visitors answers, others ask here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


class Visiting(msgspec.Struct, frozen=True):
    """source, utm: of this visit. The rest needs personal consent: visitor and person by number, returning: seen before."""

    source: str = ""
    utm: dict[str, str] = {}
    visitor: int | None = None
    person: int | None = None
    returning: bool | None = None


Find = Callable[[Any, str, str, str], Visiting]
_finders: list[Find] = []


def know_visitors(find: Find) -> None:
    """Register who knows: asked with the request, the page's address, the referrer, and a visitor's key when one is told."""
    _finders[:] = [find]


def visiting(request: Any, url: str, referrer: str = "", key: str = "") -> Visiting:
    """What is known; without anybody who knows visitors, nothing."""
    return next((find(request, url, referrer, key) for find in _finders), Visiting())
