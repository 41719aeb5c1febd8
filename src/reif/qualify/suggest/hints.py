"""What the history suggests, in structs that a page and a record share."""

from __future__ import annotations

from msgspec import Struct

from reif.qualify.suggest.association import Finding


class Hint(Struct, frozen=True):
    """A finding with the change to try. outcome: won, accepted or rejected; points: what the change would give."""

    finding: Finding
    outcome: str
    points: int
    change: str


class Idle(Struct, frozen=True):
    """A rule that tells nothing. why: never (nobody earned it), blind (no difference), against (the wrong sign)."""

    rule: str
    why: str
    people: int
    lift: float | None
    low: float | None
    high: float | None
    change: str


class Hints(Struct, frozen=True):
    """tested: how many questions were asked, which is what makes the findings honest. outcome: what counted as success."""

    people: int
    hits: int
    outcome: str
    tested: int
    hints: tuple[Hint, ...]
    idle: tuple[Idle, ...]
    reasons: tuple[tuple[str, int], ...]
