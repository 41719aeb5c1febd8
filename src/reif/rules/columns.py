"""The columnar reading: a predicate as a DuckDB condition, over a small table of the people with what it asks for.

`people` of export.py makes the table; the two agree on the names of columns. What somebody did is not in it: whoever
asks says how a `did` reads, since it may be meant as of now, of a deed, or of a day in the past.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from reif.rules.fields import Field, Type, field_of
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.values import sort_of, wanted

SaysDid = Callable[[Did], str]


def condition(predicate: Predicate, now: str, did: SaysDid) -> str:
    """SQL, two-valued. now: an expression that is a TIMESTAMP in UTC; did: what a `did` becomes."""
    match predicate:
        case All(of):
            return _joined(" AND ", [condition(p, now, did) for p in of], "true")
        case AnyOf(of):
            return _joined(" OR ", [condition(p, now, did) for p in of], "false")
        case Not(part):
            return f"(NOT {condition(part, now, did)})"
        case Did():
            return did(predicate)
        case Is():
            field = field_of(predicate.field)
            if field is None:
                raise KeyError(predicate.field)
            return _leaf(field, predicate, now)
    raise TypeError(predicate)


def column_of(field: Field, sort: str = "") -> str:
    """The name of a field's column, in quotes. A trait has one for each sort of value that is asked for."""
    name = f"{field.name}:{sort}" if field.type is Type.TRAIT else field.name
    return '"' + name.replace('"', '""') + '"'


def asked_whole(field: Field) -> bool:
    """Whether a leaf about it is asked of the records and exported as a truth: grades, segments, other models' scores."""
    return bool(field.model) or field.type in (Type.KEYS, Type.GRADE)


def column_of_leaf(leaf: Is) -> str:
    """The name of the column of such a leaf, in quotes."""
    return '"' + repr((leaf.field, leaf.op, leaf.value)).replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A value as DuckDB reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"'{value!r}'::DOUBLE"
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.astimezone(UTC).replace(tzinfo=None).isoformat(' ')}'"
    return "'" + str(value).replace("'", "''") + "'"


def _joined(word: str, parts: list[str], none: str) -> str:
    return f"({word.join(parts)})" if parts else none


def _leaf(field: Field, leaf: Is, now: str) -> str:
    if asked_whole(field):
        return column_of_leaf(leaf)
    value = wanted(field, leaf)
    if field.type is Type.TRAIT:
        first = value[0] if isinstance(value, tuple) else value
        column = column_of(field, "set" if leaf.op in ("is set", "is not set") else sort_of(first))
        if leaf.op in ("is set", "is not set"):
            return column if leaf.op == "is set" else f"(NOT {column})"
    else:
        column = column_of(field)
    if field.type is Type.TRUTH:
        return column if (leaf.op == "is") is bool(value) else f"(NOT {column})"
    if leaf.op == "within":
        return f"COALESCE({column} BETWEEN {now} - INTERVAL {int(value)} DAY AND {now}, false)"
    if leaf.op in ("is set", "is not set"):
        return f"({column} IS {'NOT ' if leaf.op == 'is set' else ''}NULL)"
    return f"COALESCE({COMPARE[leaf.op](column, value)}, false)"


def _among(column: str, value: Any) -> str:
    return f"{column} IN ({', '.join(map(literal, value))})"


COMPARE: dict[str, Callable[[str, Any], str]] = {
    "is": lambda c, v: f"{c} = {literal(v)}",
    "is not": lambda c, v: f"{c} <> {literal(v)}",
    "one of": _among,
    "none of": lambda c, v: f"NOT {_among(c, v)}",
    "contains": lambda c, v: f"contains({c}, {literal(v)})",
    "begins with": lambda c, v: f"starts_with({c}, {literal(v)})",
    ">=": lambda c, v: f"{c} >= {literal(v)}",
    "<=": lambda c, v: f"{c} <= {literal(v)}",
    ">": lambda c, v: f"{c} > {literal(v)}",
    "<": lambda c, v: f"{c} < {literal(v)}",
    "between": lambda c, v: f"{c} BETWEEN {literal(v[0])} AND {literal(v[1])}",
    "before": lambda c, v: f"{c} < {literal(v)}",
    "after": lambda c, v: f"{c} > {literal(v)}",
}
