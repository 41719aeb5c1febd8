"""How far each listener has read: the row is held while a batch is handed over. Plain SQL, for it is asked for each batch."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from reif.kit.clock import now

_READ = "SELECT position FROM log_cursor WHERE name = %s"
_MAKE = "INSERT INTO log_cursor (name, position, moved_at) VALUES (%s, 0, NULL) ON CONFLICT DO NOTHING"
_MOVE = "UPDATE log_cursor SET position = %s, moved_at = %s WHERE name = %s"
_OVER = (
    "UPDATE log_cursor SET position = CASE WHEN position < %s THEN %s ELSE position END, moved_at = %s WHERE name IN"
    " (SELECT name FROM log_cursor WHERE name IN ({names}){skip}) RETURNING name"
)


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


def pass_over(names: Sequence[str], position: int) -> set[str]:
    """These listeners want nothing up to here. Returns for whom that is kept now; another worker has the others."""
    if not names:
        return set()
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    told = _OVER.format(names=", ".join(["%s"] * len(names)), skip=skip)
    values = [position, position, connection.ops.adapt_datetimefield_value(now()), *names]
    with transaction.atomic(), connection.cursor() as cursor:
        for _once_more in range(2):
            cursor.execute(told, values)
            kept = {row[0] for row in cursor.fetchall()}
            if len(kept) == len(names):
                break
            cursor.executemany(_MAKE, [[name] for name in names if name not in kept])
    return kept


def move(name: str, position: int) -> None:
    """Everything up to here was taken."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [position, connection.ops.adapt_datetimefield_value(now()), name])
