"""Whether a new rating is news: a condition of the playbook about completeness, quality, flaws or age reads differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from reif.playbook.current import Book, book
from reif.playbook.section import sections
from reif.qualify.derived import RATED
from reif.qualify.scoring.matters import predicates
from reif.rules.memory import reader
from reif.rules.predicates import Is, leaves
from reif.rules.record import Record


def reads_differently(old: Mapping[str, Any], new: Mapping[str, Any], moment: datetime) -> bool:
    """Whether a condition of the playbook about a rating reads differently now."""
    leaves_ = _about_ratings(book().revision, book().hash)
    return any(_holds(leaf, old, moment) is not _holds(leaf, new, moment) for leaf in leaves_)


@lru_cache(maxsize=4)
def _about_ratings(_revision: int, _hash: str) -> tuple[Is, ...]:
    whole: Book = book()
    asked = (leaf for name in sections() for p in predicates(whole.section(name)) for leaf in leaves(p))
    return tuple({leaf: None for leaf in asked if isinstance(leaf, Is) and leaf.field in RATED})


def _holds(leaf: Is, values: Mapping[str, Any], moment: datetime) -> bool:
    return reader(leaf)(Record(0, {leaf.field: values[leaf.field]}, {}, {}), moment)
