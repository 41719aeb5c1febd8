"""Pages of long lists: by key, never by offset; counts are capped."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

SIZE = 50
CAP = 10_000


@dataclass(frozen=True)
class Page:
    """rows of this page; after: the cursor of the next one, empty when this is the last."""

    rows: list[Any]
    after: str


def keyset_page(rows: QuerySet[Any], after: str, key: str, descending: bool = True, size: int = SIZE) -> Page:
    """The rows behind the cursor, ordered by `key` then id. A cursor that is not ours begins at the start."""
    sign = "-" if descending else ""
    place = _read(after)
    if place:
        way = "lt" if descending else "gt"
        value, pk = place
        rows = rows.filter(Q(**{f"{key}__{way}": value}) | Q(**{key: value, f"pk__{way}": pk}))
    found = list(rows.order_by(f"{sign}{key}", f"{sign}pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], _write(last, key) if last else "")


def keyset_page_with_gaps(rows: QuerySet[Any], after: str, key: str, size: int = SIZE) -> Page:
    """The same for a column that may be empty, the highest first: rows without a value come last. At most two queries."""
    place = _read(after)
    found: list[Any] = []
    if place is None or place[0] is not None:
        first = keyset_page(rows.filter(**{f"{key}__isnull": False}), after, key, size=size)
        if first.after:
            return first
        found, place = first.rows, None
    empty = rows.filter(**{f"{key}__isnull": True})
    empty = empty.filter(pk__lt=place[1]) if place else empty
    found += list(empty.order_by("-pk")[: size + 1 - len(found)])
    more = len(found) > size
    return Page(found[:size], _write(found[size - 1], key) if more else "")


def capped_count(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many, counted up to 10,000; True when there are more."""
    n = rows.order_by().values("pk")[: CAP + 1].count()
    return min(n, CAP), n > CAP


def _write(row: Model, key: str) -> str:
    value = getattr(row, key)
    text = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([text, row.pk]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[Any, int] | None:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = parse_datetime(value) if isinstance(value, str) and "T" in value[:12] and ":" in value else None
        return (moment or value), int(pk)
    except (ValueError, TypeError):
        return None
