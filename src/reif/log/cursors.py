"""How far each listener has read: the row is held while a batch is handed over. Plain SQL, for it is asked for each batch."""

from __future__ import annotations

from django.db import connection

from reif.kit.clock import now

_READ = "SELECT position FROM log_cursor WHERE name = %s"
_MAKE = "INSERT INTO log_cursor (name, position, moved_at) VALUES (%s, 0, NULL) ON CONFLICT DO NOTHING"
_MOVE = "UPDATE log_cursor SET position = %s, moved_at = %s WHERE name = %s"


class Elsewhere(Exception):
    """Another worker holds this listener's cursor."""


def hold(name: str) -> int:
    """The position of a listener, held until the transaction ends. Raises Elsewhere when another worker has it."""
    with connection.cursor() as cursor:
        held = _READ + (" FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else "")
        for first in (True, False):
            cursor.execute(held, [name])
            if found := cursor.fetchone():
                return int(found[0])
            if first:
                cursor.execute(_MAKE, [name])
    raise Elsewhere(name)


def move(name: str, position: int) -> None:
    """Everything up to here was taken."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [position, connection.ops.adapt_datetimefield_value(now()), name])
