"""Which events are here for the first time?"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec
from django.db import connection

from reif.door.canonical import Canonical
from reif.kit.clock import now
from reif.log.arrays import array

_SQLITE = """INSERT INTO capture_seen (id, at) SELECT value, %s FROM json_each(%s) WHERE true
ON CONFLICT DO NOTHING RETURNING id"""
_POSTGRES = "INSERT INTO capture_seen (id, at) SELECT unnest(%s::uuid[]), %s ON CONFLICT DO NOTHING RETURNING id"


def first_time(events: Sequence[Canonical]) -> list[Canonical]:
    """Those whose message id was never taken, each once, in order. They count as taken when the transaction commits."""
    by_name: dict[str, Canonical] = {}
    for event in events:
        by_name.setdefault(_name(event), event)
    if not by_name:
        return []
    new = _insert(sorted(by_name))  # sorted: two workers that meet wait for each other instead of locking up
    return [event for name, event in by_name.items() if name in new]


def _name(event: Canonical) -> str:
    return blake2b(f"{event.site}\0{event.message_id}".encode(), digest_size=16).hexdigest()


def _insert(names: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES, [array(names), now()])
            return {found.hex for (found,) in cursor.fetchall()}
        at = connection.ops.adapt_datetimefield_value(now())
        cursor.execute(_SQLITE, [at, msgspec.json.encode(names).decode()])
        return {str(found) for (found,) in cursor.fetchall()}
