"""One at a time, where two who look first and write afterwards would be in each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def take_turn(turn: int) -> None:
    """Wait for whoever has this turn, and hold it until the transaction ends. SQLite has one writer anyway.

    turn: a number of its own for each thing that is done one at a time; four letters as ASCII make a good one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])


@contextmanager
def turn_if_free(turn: int) -> Iterator[bool]:
    """Whether nobody else has this turn; held for the block, over any number of transactions. SQLite has one worker."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [turn])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [turn])
