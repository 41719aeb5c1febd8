"""The parts of a model as the lines of its editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reif.qualify.board.overview import asks
from reif.qualify.editor.what_if import Found
from reif.qualify.ways import Exclude, Fit, Group, Rule, words_of

Part = Rule | Fit | Exclude | Group


class PartLine(NamedTuple):
    """A part, its name, what it asks for, and how many of the sample have it (None where that is not counted).

    state: `new`, `changed`, or empty when it is as in force. was: its points in force, when they are others.
    """

    part: Part
    words: str
    asks: str
    people: int | None
    state: str
    was: int | None


def part_lines(parts: Sequence[Part], before: Sequence[Part], found: Found, language: str) -> list[PartLine]:
    """In the order of the model. before: what is in force."""
    known = {part.key: part for part in before}
    return [_line(part, known.get(part.key), found, language) for part in parts]


def _line(part: Part, before: Part | None, found: Found, language: str) -> PartLine:
    counted = found.fired[part.key] if isinstance(part, Rule | Fit) else None
    asked = "" if isinstance(part, Group) else asks(part, language)
    state = "new" if before is None else "" if part == before else "changed"
    old, new = (getattr(one, "points", None) for one in (before, part))
    return PartLine(part, words_of(part, language), asked, counted, state, old if old != new else None)
