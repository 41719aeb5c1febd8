"""Files of people that were taken over, and taken back."""

from __future__ import annotations

from reif.log.fact import Fact


class PersonImported(Fact, frozen=True, kw_only=True, tag="person.imported"):
    """A row of a file was taken over: the one event for it, whatever it did. topic: the name of the import; batch: its id.

    created: the row made the person (source: the category of the lead-creating touch); fields: the columns and traits
    that it changed otherwise, never the values; joined: the person works for `company` since. came: of a row that names
    a source of its own, as on `page.viewed`.
    """

    batch: int = 0
    created: bool = False
    source: str = ""
    fields: list[str] = []
    joined: bool = False
    came: dict[str, str] = {}


class ImportFinished(Fact, frozen=True, kw_only=True, tag="import.finished"):
    """A file came to its end. topic: the name of the import; batch: its id; the numbers are rows."""

    batch: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0


class ImportUndone(Fact, frozen=True, kw_only=True, tag="import.undone"):
    """An import was taken back. removed, restored: people; kept: those who had done something since."""

    batch: int = 0
    removed: int = 0
    restored: int = 0
    kept: int = 0
