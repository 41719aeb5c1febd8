"""The structs of the predicate language. Their encoded form is the form in files: the key tells which one it is."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

Scalar = str | int | float | bool
Value = Scalar | tuple[Scalar, ...] | None


class Predicate:
    """Any predicate; use it as the type of a struct's field, and decode with `hook` of rules/decode.py."""

    __slots__ = ()


class All(Predicate, msgspec.Struct, frozen=True, rename={"of": "all"}):
    """Every one holds; with none inside, it holds for everybody."""

    of: tuple[Predicate, ...] = ()


class AnyOf(Predicate, msgspec.Struct, frozen=True, rename={"of": "any"}):
    """At least one holds; with none inside, it holds for nobody."""

    of: tuple[Predicate, ...] = ()


class Not(Predicate, msgspec.Struct, frozen=True, rename={"of": "not"}):
    """The complement, missing values included."""

    of: Predicate


class Is(Predicate, msgspec.Struct, frozen=True, omit_defaults=True):
    """A field compared with a value. False when the field has no value, also for `is not`."""

    field: str
    op: str
    value: Value = None


class Did(Predicate, msgspec.Struct, frozen=True, omit_defaults=True, rename={"kind": "did", "within_days": "within"}):
    """So many events of a kind, of a topic when given (`/blog/*`: beginning so), in the last days when given.

    Events of machines never count, nor do events after the moment asked for.
    """

    kind: str
    topic: str = ""
    at_least: int = 1
    within_days: int | None = None


EVERYBODY = All()
NOBODY = AnyOf()


def leaves(predicate: Predicate) -> Iterator[Is | Did]:
    """Every leaf, from left to right."""
    match predicate:
        case All(of) | AnyOf(of):
            for part in of:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Is() | Did():
            yield predicate


def simple(predicate: Predicate) -> Predicate:
    """The same meaning with fewer brackets: single parts unwrapped, nested groups of one sort joined."""
    match predicate:
        case All(of) | AnyOf(of):
            sort = type(predicate)
            parts: list[Predicate] = []
            for part in map(simple, of):
                parts.extend(part.of if isinstance(part, sort) else [part])
            return parts[0] if len(parts) == 1 else sort(tuple(parts))
        case Not(part):
            inner = simple(part)
            return inner.of if isinstance(inner, Not) else Not(inner)
    return predicate
