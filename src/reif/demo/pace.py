"""Loading in a hurry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def fast() -> Iterator[None]:
    """No waiting for the disk at each commit while loading: what is lost in a crash is loaded again."""
    if connection.in_atomic_block:
        yield
        return
    off, on = {"sqlite": ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL")}.get(
        connection.vendor, ("SET synchronous_commit = off", "SET synchronous_commit = on")
    )
    with connection.cursor() as cursor:
        cursor.execute(off)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(on)
