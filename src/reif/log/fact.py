"""A fact: something that happened, in the past tense, with ids and no personal data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import ClassVar, NamedTuple

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Fields every fact has; a subclass adds its own, always with a default, and they are only ever added.

    person, visitor, company, deal: ids of the rows it is about. at: when it happened (None: now). actor: the staff
    member who did it. cause: id of the event that led to it, or the fact itself when it was stated in the same
    `writing()` and has no number yet. topic: what was acted on (a path, a slug, a stage);
    indexed. text: free text, kept in a body of its own that can be redacted.
    """

    SHARED: ClassVar[tuple[str, ...]] = (
        "person",
        "visitor",
        "company",
        "deal",
        "at",
        "actor",
        "cause",
        "topic",
        "text",
    )

    person: int | None = None
    visitor: int | None = None
    company: int | None = None
    deal: int | None = None
    at: datetime | None = None
    actor: int | None = None
    cause: int | Fact | None = None
    topic: str = ""
    text: str = ""


Cause = int | Fact | None
"""What led to something: an event by its number, or a fact that was stated a moment ago and gets its number later."""


def kind_of(fact: Fact | type[Fact]) -> str:
    """The fact's name, `noun.verbed`."""
    return str(fact.__struct_config__.tag)


def own_json(fact: Fact) -> str:
    """What this kind of fact adds to the shared fields, as JSON; the body that is stored."""
    own = _own(type(fact))
    return _encode(dict(zip(own.names, own.of(fact), strict=True))).decode() if own else "{}"


class _Own(NamedTuple):
    """The names of a kind's own fields, and how to get all of them at once."""

    names: tuple[str, ...]
    of: Callable[[Fact], tuple[object, ...]]


@cache
def _own(kind: type[Fact]) -> _Own | None:
    """None when it adds nothing."""
    names = tuple(name for name in kind.__struct_fields__ if name not in Fact.SHARED)
    get = attrgetter(*names) if names else None
    if get is None:
        return None
    return _Own(names, get) if len(names) > 1 else _Own(names, lambda fact: (get(fact),))


_encode = msgspec.json.Encoder().encode
