"""Whoever is forgotten has no rows in the lake.

Hears person.erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reif.lake.open import connect
from reif.lake.partitions import Partition, alone, partitions, text, whole
from reif.log.event import Event
from reif.log.models import Event as Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def forget(events: list[Event[Any]]) -> None:
    """Write the partitions anew in which these people occur, and their browsers; only that they were erased stays."""
    with alone():
        strike({e.person for e in events if e.person}, {v for e in events for v in e.fact.visitors})


def erased(after: int = 0, until: int | None = None) -> tuple[set[int], set[int]]:
    """People and visitors that were erased by an event of this range."""
    found = Stored.objects.filter(kind="person.erased", id__gt=after)
    if until is not None:
        found = found.filter(id__lte=until)
    people, visitors = set(), set()
    for person, body in found.values_list("person_id", "body"):
        people.add(person)
        visitors.update((body or {}).get("visitors", ()))
    return {p for p in people if p}, visitors


def strike(people: Iterable[int], visitors: Iterable[int]) -> None:
    """Take out their rows. Call it `alone`. A partition without them is only looked at."""
    there, theirs = list(partitions()), of(people, visitors)
    if there:
        with connect() as lake:
            for one in there:
                _strike(lake, one, theirs)


def of(people: Iterable[int], visitors: Iterable[int]) -> str:
    """A condition on rows: theirs, but for the event that says that they were erased."""
    parts = [
        f"COALESCE({column}, 0) IN (SELECT unnest({sorted(ids)}::BIGINT[]))"
        for column, ids in (("person", people), ("visitor", visitors))
    ]
    return f"(kind <> 'person.erased' AND ({' OR '.join(parts)}))"


def _strike(lake: DuckDBPyConnection, partition: Partition, theirs: str) -> None:
    rows = f"SELECT * FROM {text(partition.file)}"
    if lake.execute(f"{rows} WHERE {theirs} LIMIT 1").fetchone():
        with whole(partition.file) as draft:
            lake.execute(f"COPY ({rows} WHERE NOT {theirs}) TO {text(draft)} (FORMAT parquet)")
