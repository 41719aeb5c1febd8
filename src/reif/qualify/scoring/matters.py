"""Which changes of a score somebody waits for: a threshold that the playbook asks about is crossed, or a grade changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from reif.kit.clock import now
from reif.playbook.current import Book, book
from reif.playbook.section import sections
from reif.qualify.scoring.places import Before
from reif.rules.fields import SCORES
from reif.rules.memory import reader
from reif.rules.predicates import Is, Predicate, leaves
from reif.rules.record import Record

Asked = dict[str, tuple[Is, ...]]


def matters(model: str, old: Before, new: Before) -> bool:
    """Whether a condition of the playbook reads differently now. model: empty for the main one."""
    if (old.grade, old.excluded) != (new.grade, new.excluded):
        return True
    asked = _asked(book().revision, book().hash).get(model, ())
    return any(_reads(leaf, old) is not _reads(leaf, new) for leaf in asked)


def predicates(part: Any) -> Iterator[Predicate]:
    """Every condition inside a struct, list or table."""
    match part:
        case Predicate():
            yield part
        case msgspec.Struct():
            for name in part.__struct_fields__:
                yield from predicates(getattr(part, name))
        case dict():
            for inner in part.values():
                yield from predicates(inner)
        case list() | tuple():
            for inner in part:
                yield from predicates(inner)


@lru_cache(maxsize=4)
def _asked(_revision: int, _hash: str) -> Asked:
    """The leaves about scores in the whole playbook, by model; those that read alike once."""
    found: dict[str, dict[Is, None]] = {}
    whole: Book = book()
    for name in sections():
        for predicate in predicates(whole.section(name)):
            for leaf in leaves(predicate):
                column, _dot, model = leaf.field.partition(".") if isinstance(leaf, Is) else ("", "", "")
                if isinstance(leaf, Is) and column in SCORES:
                    found.setdefault(model, {})[leaf] = None
    return {model: tuple(asked) for model, asked in found.items()}


def _reads(leaf: Is, place: Before) -> bool:
    value = getattr(place, leaf.field.partition(".")[0])
    shown = bool(value) if leaf.field.startswith("excluded") else value if value != "" else None
    return reader(leaf)(Record(0, {leaf.field: shown}, {}, {}), now())
