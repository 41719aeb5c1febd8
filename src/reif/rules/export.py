"""People as columns: a table in DuckDB with what some predicates ask about them, read from the records once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import QuerySet

from reif.crm.models import Person
from reif.kit.clock import now
from reif.rules.columns import asked_whole, column_of, column_of_leaf
from reif.rules.fields import Field, Type, field_of
from reif.rules.predicates import Is, Predicate, leaves
from reif.rules.record import read_value, stored_column
from reif.rules.sql import DERIVED, where
from reif.rules.values import sort_of

if TYPE_CHECKING:
    import duckdb

CHUNK = 50_000
_TYPES = {
    Type.TEXT: "VARCHAR", Type.CODE: "VARCHAR", Type.NUMBER: "DOUBLE", Type.TRUTH: "BOOLEAN", Type.MOMENT: "TIMESTAMP",
    Type.USER: "BIGINT",
}  # fmt: skip
_SORTS = {"text": "VARCHAR", "number": "DOUBLE", "truth": "BOOLEAN", "set": "BOOLEAN"}
Column = tuple[Field, str]


def people(lake: duckdb.DuckDBPyConnection, predicates: Iterable[Predicate], table: str = "people",
           only: tuple[int, int] | None = None) -> None:  # fmt: skip
    """Make the table: `id` of everybody who is not erased, and the columns that these predicates ask for.

    only: the first and the last id, when not everybody is wanted.
    """
    whom = Person.objects.filter(id__range=only) if only else Person.objects.all()
    predicates = list(predicates)
    asked, whole = columns_asked(predicates), _whole(predicates)
    shape = ["id BIGINT", *(f"{column_of(f, sort)} {_SORTS[sort] if sort else _TYPES[f.type]}" for f, sort in asked)]
    shape += [f"{column_of_leaf(leaf)} BOOLEAN" for leaf in whole]
    lake.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(shape)})")
    derived = {f.name: _holding(whom, f.name) for f, _sort in asked if f.name in DERIVED}
    holding = [set(whom.filter(where(leaf, now())).values_list("id", flat=True)) for leaf in whole]
    stored = list(dict.fromkeys(stored_column(f) for f, _sort in asked if f.path))
    rows = whom.living().values_list("id", *stored).order_by()
    for part in _chunks(rows.iterator(chunk_size=CHUNK)):
        read = dict(zip(["id", *stored], zip(*part, strict=True), strict=True))
        _insert(lake, table, asked, derived, holding, read)


def columns_asked(predicates: Iterable[Predicate]) -> list[Column]:
    """The fields of all leaves, traits once for each sort of value."""
    asked: dict[Column, None] = {}
    for leaf in (leaf for p in predicates for leaf in leaves(p)):
        field = field_of(leaf.field) if isinstance(leaf, Is) else None
        if field and isinstance(leaf, Is) and not asked_whole(field):
            asked[field, _sort(leaf) if field.type is Type.TRAIT else ""] = None
    return list(asked)


def _whole(predicates: Iterable[Predicate]) -> list[Is]:
    found = [leaf for p in predicates for leaf in leaves(p) if isinstance(leaf, Is)]
    return list({leaf: None for leaf in found if (field := field_of(leaf.field)) and asked_whole(field)})


def _sort(leaf: Is) -> str:
    first = leaf.value[0] if isinstance(leaf.value, tuple) else leaf.value
    return "set" if leaf.op in ("is set", "is not set") or first is None else sort_of(first)


def _chunks(rows: Iterable[Any]) -> Iterable[Sequence[Any]]:
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) == CHUNK:
            yield part
            part = []
    if part:
        yield part


def _insert(lake: Any, table: str, asked: list[Column], derived: dict[str, set[int]],
            holding: list[set[int]], read: dict[str, Any]) -> None:  # fmt: skip
    block: dict[str, Any] = {"c0": np.array(read["id"], dtype=np.int64)}
    for n, (field, sort) in enumerate(asked, start=1):
        if field.name in derived:
            values = [person in derived[field.name] for person in read["id"]]
        else:
            values = [read_value(field, stored) for stored in read[stored_column(field)]]
        block[f"c{n}"] = np.array(_ready(field, sort, values), dtype=object)
    truths = [np.array([person in held for person in read["id"]]) for held in holding]
    block |= {f"t{n}": truth for n, truth in enumerate(truths)}
    picked = [f"c{n}::{_SORTS[sort] if sort else _TYPES[f.type]}" for n, (f, sort) in enumerate(asked, start=1)]
    lake.execute(
        f"INSERT INTO {table} SELECT {', '.join(['c0', *picked, *(f't{n}' for n in range(len(truths)))])} FROM block"
    )


def _ready(field: Field, sort: str, values: list[Any]) -> list[Any]:
    """As texts, which one column can hold whatever the values are; DuckDB casts them."""
    if sort:
        return [_SORTED[sort](v) for v in values]
    if field.type is Type.MOMENT:
        return [_moment(v) for v in values]
    return [v if v is None or isinstance(v, str) else str(v) for v in values]


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


_SORTED: dict[str, Callable[[Any], str | None]] = {
    "text": lambda v: v if isinstance(v, str) else None,
    "number": lambda v: repr(v) if type(v) in (int, float) else None,
    "truth": lambda v: str(v) if isinstance(v, bool) else None,
    "set": lambda v: str(v is not None),
}


def _holding(whom: QuerySet[Person], name: str) -> set[int]:
    return set(whom.filter(DERIVED[name]()).values_list("id", flat=True))
