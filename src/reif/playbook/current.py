"""What is in force now. Ask once a batch: the answer holds for a tenth of a second, then costs one small query."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any

import msgspec

from reif.playbook.models import Active, Revision
from reif.playbook.section import sections
from reif.playbook.shape import build

FRESH = 0.1  # seconds


class Book:
    """A revision's structs, decoded when they are first asked for."""

    def __init__(self, revision: int, hash_: str) -> None:
        self.revision, self.hash = revision, hash_
        self._structs: dict[str, Any] = {}

    def section(self, name: str) -> Any:
        if name not in self._structs:
            struct = sections()[name].struct
            self._structs[name] = build(self._said[name], struct) if name in self._said else struct()
        return self._structs[name]

    @cached_property
    def _said(self) -> dict[str, Any]:
        if not self.revision:
            return {}
        text = Revision.objects.values_list("text", flat=True).get(hash=self.hash)
        return msgspec.json.decode(text, type=dict[str, Any])


_book = Book(0, "")
_asked = float("-inf")


def current(name: str) -> Any:
    """The struct of a section in the revision in force; the empty one before the first is applied."""
    return book().section(name)


def revision() -> int:
    """The number of the revision in force; 0 before the first."""
    return book().revision


def book() -> Book:
    """Everything in force, for those who ask for several sections and want one answer."""
    global _book, _asked
    if time.monotonic() - _asked < FRESH:
        return _book
    pointed = Active.objects.values_list("activation__revision_id", "activation__revision__hash").first()
    number, hash_ = pointed if pointed and pointed[0] else (0, "")
    if (number, hash_) != (_book.revision, _book.hash):
        _book = Book(number, hash_)
    _asked = time.monotonic()
    return _book


def forget() -> None:
    """Ask the database next time; after applying, and between tests."""
    global _asked
    _asked = float("-inf")
