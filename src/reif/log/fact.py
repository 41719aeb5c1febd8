"""A fact: something that happened, in the past tense, with ids and no personal data."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import ClassVar

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
    own = {name: getattr(fact, name) for name in _own_names(type(fact))}
    return msgspec.json.encode(own).decode() if own else "{}"


@cache
def _own_names(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in Fact.SHARED)
