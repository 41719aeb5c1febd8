"""What there is to give away: files and seats. The room that keeps them says so, the room that gives them asks here;
neither knows the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from reif.kit import token


class Item(msgspec.Struct, frozen=True):
    """A file with what people are told about it. size in bytes; pages 0 when it has none."""

    slug: str
    title: str
    file: Path
    teaser: str = ""
    mime: str = "application/pdf"
    size: int = 0
    pages: int = 0


class Seat(msgspec.Struct, frozen=True):
    """A webinar to sit in. join: where it takes place; calendar: the path of its calendar file; zone: IANA name."""

    slug: str
    title: str
    starts_at: datetime
    minutes: int = 0
    zone: str = "UTC"
    join: str = ""
    calendar: str = ""


FindItem = Callable[[str], Item | None]
FindSeat = Callable[[str], Seat | None]
_items: list[FindItem] = []
_seats: list[FindSeat] = []


def keep_items(find: FindItem) -> None:
    """Register who knows files by their slug."""
    _items.append(find)


def keep_seats(find: FindSeat) -> None:
    """Register who knows webinars by their slug."""
    _seats.append(find)


def item(slug: str) -> Item | None:
    """The file of this slug; None when nobody keeps it."""
    return next((found for find in _items if (found := find(slug))), None)


def seat(slug: str) -> Seat | None:
    """The webinar of this slug; None when nobody gives it."""
    return next((found for find in _seats if (found := find(slug))), None)


def leave_path(secret: str, slug: str, person: int) -> str:
    """The address on which somebody gives the seat back."""
    return f"/w/{token.sign(secret, 'seat', slug, person)}"
