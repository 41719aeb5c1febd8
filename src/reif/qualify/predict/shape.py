"""What a model looks at: kinds of deeds, the deeds that scoring names, and attributes. Kept with the model as it was."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from reif.qualify.ways import Rule

Floats = NDArray[np.float32]
Words = NDArray[np.object_]
WINDOWS = (7, 30, 90)
PAST = 365
"""Days of behaviour that are looked at."""
KINDS = (
    "page.viewed", "link.followed", "event.tracked", "form.submitted", "lead.received", "enquiry.received",
    "content.downloaded", "webinar.registered", "webinar.attended", "webinar.missed", "webinar.cancelled",
    "mail.opened", "mail.clicked", "mail.replied", "mail.unsubscribed", "visit.began", "call.clicked",
)  # fmt: skip
"""What people do themselves; what sellers do with them is left out, for it says what they have been told already."""
CATEGORIES = (
    "source", "country", "language", "department", "level", "mail", "industry", "company_country", "stage",
)  # fmt: skip
NUMBERS = ("company_size", "known_days", "stage_days", "consent", "phone", "last_days", "active_days")
MOST_LEVELS, FEWEST_ROWS = 60, 10


class Topic(msgspec.Struct, frozen=True):
    """A group of deeds that a rule of the scoring names: kinds and topics (a beginning with a star), in words."""

    key: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    words: dict[str, str] = {}

    def holds(self, kind: str, topic: str) -> bool:
        if kind not in self.kinds:
            return False
        return not self.topics or any(
            not t or topic == t or (t.endswith("*") and topic.startswith(t[:-1])) for t in self.topics
        )


class Shape(msgspec.Struct, frozen=True, dict=True):
    """The columns of a model. levels: by category, the values that were frequent enough to learn from."""

    topics: tuple[Topic, ...] = ()
    levels: dict[str, tuple[str, ...]] = {}

    @property
    def codes(self) -> int:
        """How many sorts of deeds are counted: kinds first, then topics."""
        return len(KINDS) + len(self.topics)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in order: `category`, `number`, or `sort of deed/days`."""
        sorts = (*KINDS, *(f"rule:{topic.key}" for topic in self.topics))
        return (*CATEGORIES, *NUMBERS, *(f"{sort}/{days}" for days in WINDOWS for sort in sorts))

    def codes_of(self, kind: str, topic: str) -> list[int]:
        """The sorts to which a deed belongs."""
        found = [KINDS.index(kind)] if kind in KINDS else []
        return found + [len(KINDS) + n for n, one in enumerate(self.topics) if one.holds(kind, topic)]

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event that counts."""
        return frozenset(KINDS).union(*(topic.kinds for topic in self.topics))

    def encode(self, words: dict[str, Words], numbers: Floats) -> Floats:
        """Rows by columns; an unknown value, and one that was rare, is a gap."""
        columns = [_coded(words[name], self.levels.get(name, ())) for name in CATEGORIES]
        return np.column_stack([*columns, numbers]).astype(np.float32)


def subject_of(column: str) -> str:
    """What a column is about: its sort of deed without the days, or the attribute itself."""
    return column.rpartition("/")[0] or column


def shape_of(rules: tuple[Rule, ...]) -> Shape:
    """From the rules of a scoring model; those that ask for no topic say no more than their kind."""
    told = [(rule, tuple(t for t in rule.topics if t), frozenset(rule.kinds) & frozenset(KINDS)) for rule in rules]
    return Shape(tuple(Topic(r.key, tuple(sorted(kinds)), topics, dict(r.words)) for r, topics, kinds in told
                       if topics and kinds))  # fmt: skip


def with_levels(shape: Shape, words: dict[str, Words]) -> Shape:
    """The same shape with the values that occur often enough."""
    levels = {}
    for name in CATEGORIES:
        counted = Counter(v for v in words[name] if v)
        levels[name] = tuple(v for v, n in counted.most_common(MOST_LEVELS) if n >= FEWEST_ROWS)
    return Shape(shape.topics, levels)


def _coded(values: Words, levels: tuple[str, ...]) -> Floats:
    codes = {level: float(code) for code, level in enumerate(levels)}
    return np.array([codes.get(v, np.nan) for v in values], dtype=np.float32)
