"""The shape of scoring.toml, stages.toml and segments.toml."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reif.rules.predicates import Predicate

Words = dict[str, str]
AxisName = Literal["engagement", "fit"]


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Rules that share a ceiling: `cap` is the most points that they give a person together.

    Only points up count against it; points down always count in full.
    """

    key: str
    cap: int
    words: Words = field(default_factory=dict)


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Points for something done. on: kinds of events; topic: exact, or a beginning with a star (`/blog/*`).

    when: only for these people, as they are when the event arrives. once, times, per_day: how often a person can earn
    it, ever and on one day. group: whose ceiling it shares.
    """

    key: str
    on: str | tuple[str, ...]
    points: int
    words: Words = field(default_factory=dict)
    topic: str | tuple[str, ...] = ""
    when: Predicate | None = None
    axis: AxisName = "engagement"
    once: bool = False
    times: int | None = None
    per_day: int | None = None
    group: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.on,) if isinstance(self.on, str) else self.on

    @property
    def topics(self) -> tuple[str, ...]:
        return (self.topic,) if isinstance(self.topic, str) else self.topic

    @property
    def most(self) -> int | None:
        """How often a person can earn it at most."""
        return 1 if self.once else self.times


class Fit(Struct, frozen=True, forbid_unknown_fields=True):
    """Points for who somebody is, as long as it is so."""

    key: str
    when: Predicate
    points: int
    words: Words = field(default_factory=dict)


class Scoring(Struct, frozen=True, forbid_unknown_fields=True):
    """One scoring model: what earns points."""

    model: str = "main"
    words: Words = field(default_factory=dict)
    groups: tuple[Group, ...] = field(default=(), name="group")
    rules: tuple[Rule, ...] = field(default=(), name="rule")
    fit: tuple[Fit, ...] = ()


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """When somebody deserves a stage. rest_days: so long after a recycle it is not given again by itself."""

    when: Predicate
    words: Words = field(default_factory=dict)
    rest_days: int = 30


class Stages(Struct, frozen=True, forbid_unknown_fields=True):
    """The definitions of the two stages that marketing gives."""

    mql: Definition | None = None
    sql: Definition | None = None


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """People with something in common, kept up to date; without a condition, those who were put into it: a fixed one."""

    key: str
    when: Predicate | None = None
    words: Words = field(default_factory=dict)


class Segments(Struct, frozen=True, forbid_unknown_fields=True):
    """All segments."""

    segments: tuple[Segment, ...] = field(default=(), name="segment")


def words_of(part: Group | Rule | Fit | Scoring | Definition | Segment, language: str) -> str:
    """The part's name in a language, else in the other one, else its key."""
    short = "de" if language.startswith("de") else "en"
    return part.words.get(short) or next(iter(part.words.values()), "") or str(getattr(part, "key", ""))
