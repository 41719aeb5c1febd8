"""What stands right of an operator, in the form it is compared in. SQL and memory both ask here, so they agree."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone

from reif.rules.fields import GRADES, Field, Type
from reif.rules.predicates import Is, Scalar, Value

LARGEST = 2**53  # beyond it, a float and an integer of the same digits differ between the engines


def wanted(field: Field, leaf: Is) -> Any:
    """The leaf's value, ready: text folded, codes as stored, moments aware; tuples for operators that take many."""
    if field.type is Type.GRADE and leaf.op in (">=", "<="):
        return grades(str(leaf.value), leaf.op)
    if isinstance(leaf.value, tuple):
        return tuple(_one(field, leaf.op, v) for v in leaf.value)
    return _one(field, leaf.op, leaf.value)


def _one(field: Field, op: str, value: Value) -> Any:
    if field.type is Type.MOMENT and op in ("before", "after"):
        return edge(str(value), op)
    if field.type in (Type.TEXT, Type.CODE, Type.GRADE):
        return field.clean(str(value)) if value is not None else None
    return value


def keys(leaf: Is) -> tuple[str, ...]:
    """The keys that a leaf about segments asks for."""
    return tuple(map(str, leaf.value)) if isinstance(leaf.value, tuple) else (str(leaf.value),)


def edge(text: str, op: str = "before") -> datetime:
    """The moment that `before` and `after` compare with. A date without a time is a whole day of the house's zone:
    before it means before its midnight, after it means from the next midnight on."""
    moment = datetime.fromisoformat(text)
    zone = get_default_timezone()
    if len(text) <= len("2026-01-01"):
        day = moment.date() + timedelta(days=1 if op == "after" else 0)
        start = datetime.combine(day, time(), tzinfo=zone)
        return (start - timedelta(microseconds=1) if op == "after" else start).astimezone(UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def grades(grade: str, op: str) -> tuple[str, ...]:
    """At least B2 (>=): as good or better on both axes; at most (<=): as good or worse on both."""
    letter, digit = grade[:1], grade[1:]
    if op == ">=":
        return tuple(g for g in GRADES if g[0] <= letter and g[1] <= digit)
    return tuple(g for g in GRADES if g[0] >= letter and g[1] >= digit)


def sort_of(value: Scalar) -> str:
    """text, number or truth: the sort of a trait's value."""
    return "truth" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def domain_of(email: str) -> str:
    """What follows the first @; the whole when there is none."""
    return email[email.find("@") + 1 :]
