"""The parts of a model as the lines of its editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reif.qualify.board.overview import asks
from reif.qualify.editor.what_if import Found
from reif.qualify.ways import Exclude, Fit, Group, Rule, words_of

Part = Rule | Fit | Exclude | Group


class PartLine(NamedTuple):
    """A part, its name, what it asks for, and how many of the sample have it (None where that is not counted)."""

    part: Part
    words: str
    asks: str
    people: int | None


def part_lines(parts: Sequence[Part], found: Found, language: str) -> list[PartLine]:
    """In the order of the model."""
    return [_line(part, found, language) for part in parts]


def _line(part: Part, found: Found, language: str) -> PartLine:
    counted = found.fired[part.key] if isinstance(part, Rule | Fit) else None
    return PartLine(part, words_of(part, language), "" if isinstance(part, Group) else asks(part, language), counted)
