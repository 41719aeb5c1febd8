"""One at a time, where two who look first and write afterwards would be in each other's way."""

from __future__ import annotations

from django.db import connection


def take_turn(turn: int) -> None:
    """Wait for whoever has this turn, and hold it until the transaction ends. SQLite has one writer anyway.

    turn: a number of its own for each thing that is done one at a time; four letters as ASCII make a good one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])
