"""JSON traits in SQL, typed (text, number, truth), the same on both engines. A value of another type is missing."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Q, TextField, Value
from django.db.models.fields.json import compile_json_path  # type: ignore[attr-defined]
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, In, IsNull, LessThan, LessThanOrEqual

from reif.crm.folded import Prefix
from reif.rules.fields import Field
from reif.rules.lookups import Holds
from reif.rules.predicates import Is
from reif.rules.values import sort_of, wanted

_TYPES = {
    "text": ("'text'", "'string'"),
    "number": ("'integer','real'", "'number'"),
    "truth": ("'true','false'", "'boolean'"),
}
_CAST = {"text": "{}", "number": "({})::numeric", "truth": "({})::boolean"}


class Trait(Func):
    """The value under a key when it is of the type asked for ("text", "number", "truth"), else NULL."""

    def __init__(self, column: str, key: str, sort: str) -> None:
        self.key, self.sort = key, sort
        output = {"text": TextField, "number": FloatField, "truth": BooleanField}
        super().__init__(F(column), output_field=output[sort]())

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        path = compile_json_path([self.key])
        types = _TYPES[self.sort][0]
        value = f"JSON_EXTRACT({column}, %s)"
        return f"CASE WHEN JSON_TYPE({column}, %s) IN ({types}) THEN {value} END", [*params, path, *params, path]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, params = compiler.compile(self.get_source_expressions()[0])
        types = _TYPES[self.sort][1]
        value = _CAST[self.sort].format(f"{column} ->> %s")
        condition = f"JSONB_TYPEOF({column} -> %s) IN ({types})"
        return f"CASE WHEN {condition} THEN {value} END", [*params, self.key, *params, self.key]


class Number(Value):
    """A number to compare a trait with: on PostgreSQL the decimal that its digits say, which is what JSON keeps."""

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return "%s::numeric", [repr(self.value)]


class Filled(Func):
    """Whether anything but null and an empty text stands under a key."""

    output_field = BooleanField()

    def __init__(self, column: str, key: str) -> None:
        self.key = key
        super().__init__(F(column))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        path = compile_json_path([self.key])
        sql = (
            f"(COALESCE(JSON_TYPE({column}, %s), 'null') <> 'null' AND COALESCE(JSON_EXTRACT({column}, %s), '') <> '')"
        )
        return sql, [*params, path, *params, path]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f"(COALESCE({column} ->> %s, '') <> '')", [*params, self.key]


class NotTrue(Func):
    """A JSON key is not `true`; a missing key is not."""

    output_field = BooleanField()

    def __init__(self, column: str, key: str) -> None:
        self.key = key
        super().__init__(F(column))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f"(COALESCE(JSON_TYPE({column}, %s), '') <> 'true')", [*params, compile_json_path([self.key])]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f"(COALESCE({column} ->> %s, '') <> 'true')", [*params, self.key]


def trait(field: Field, leaf: Is) -> Q:
    """A leaf about a trait, two-valued."""
    column = field.path
    if leaf.op in ("is set", "is not set"):
        filled = Q(Filled(column, field.key))
        return filled if leaf.op == "is set" else ~filled
    value = wanted(field, leaf)
    first = value[0] if isinstance(value, tuple) else value
    left = Trait(column, field.key, sort_of(first))
    there = Q(IsNull(left, False))
    if isinstance(first, str):
        there &= ~Q(Exact(left, ""))
    return there & _compare(left, leaf.op, _ready(value))


def _ready(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_ready(v) for v in value]
    return Number(value, FloatField()) if type(value) in (int, float) else value


def _compare(left: Trait, op: str, value: Any) -> Q:
    match op:
        case "is":
            return Q(Exact(left, value))
        case "is not":
            return ~Q(Exact(left, value))
        case "one of":
            return Q(In(left, value))
        case "none of":
            return ~Q(In(left, value))
        case "contains":
            return Q(Holds(left, value))
        case "begins with":
            return Q(Prefix(left, value))
        case "between":
            return Q(GreaterThanOrEqual(left, value[0])) & Q(LessThanOrEqual(left, value[1]))
    return Q(_ORDER[op](left, value))


_ORDER = {">=": GreaterThanOrEqual, "<=": LessThanOrEqual, ">": GreaterThan, "<": LessThan}
