"""Rows handed to PostgreSQL by columns, each as one text that it reads as an array (`unnest(%s::bigint[], …)`).

The driver would look at every value several times, which takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any


def arrays(rows: Sequence[Sequence[Any]]) -> list[str]:
    """One text a column. Values are numbers, texts, moments, days or None; there is at least one row."""
    return [array(column) for column in zip(*rows, strict=True)]


def array(values: Iterable[Any]) -> str:
    """An array as PostgreSQL writes it."""
    values = list(values)
    kinds = set(map(type, values))
    write = str if kinds == {int} else _quoted if kinds == {str} else _word
    return f"{{{','.join(map(write, values))}}}"


def _word(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return _quoted(str(value)) if isinstance(value, str) else str(value)


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A text never means NULL, and ends where it ends."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
