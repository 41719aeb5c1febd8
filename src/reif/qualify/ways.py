"""The shape of scoring.toml, stages.toml and segments.toml."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reif.rules.predicates import Predicate

Words = dict[str, str]
AxisName = Literal["engagement", "fit"]
Period = Literal["ever", "day", "week", "month"]
Take = Literal["sum", "max", "average"]


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Rules that share a ceiling: `cap` is the most points that they are worth together at any moment.

    Only points up count against it; points down always count in full.
    """

    key: str
    cap: int
    words: Words = field(default_factory=dict)


class Decay(Struct, frozen=True, forbid_unknown_fields=True):
    """How points fade, in days. half_life: halved each time so many have passed; linear: gone after so many."""

    half_life: int | None = None
    linear: int | None = None


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Points for something done. on: kinds of events; topic: exact, or a beginning with a star (`/blog/*`).

    when: only for these people, as they are when the event arrives. once, times (per period), per_day: how often a
    person can earn it. group: whose ceiling it shares. decay, expires (days): how the points fade, and when they end.
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
    per: Period = "ever"
    per_day: int | None = None
    group: str = ""
    decay: Decay | None = None
    expires: int | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.on,) if isinstance(self.on, str) else self.on

    @property
    def topics(self) -> tuple[str, ...]:
        return (self.topic,) if isinstance(self.topic, str) else self.topic

    @property
    def most(self) -> int | None:
        """How often a person can earn it in its period at most."""
        return 1 if self.once else self.times

    @property
    def fades(self) -> bool:
        """Whether its points are worth less with time."""
        return self.decay is not None or self.expires is not None


class Fit(Struct, frozen=True, forbid_unknown_fields=True):
    """Points for who somebody is, as long as it is so."""

    key: str
    when: Predicate
    points: int
    words: Words = field(default_factory=dict)
    group: str = ""


class Exclude(Struct, frozen=True, forbid_unknown_fields=True):
    """Who has no score in this model, as long as it is so: competitors, students, the own staff."""

    key: str
    when: Predicate
    words: Words = field(default_factory=dict)


class Grades(Struct, frozen=True, forbid_unknown_fields=True):
    """The grid: from how many points a letter is A, B, C (fit) and a digit 1, 2, 3 (engagement); below it is D, 4.

    margin: a letter or digit gets worse only when the points are so far below its threshold.
    """

    fit: tuple[int, ...] = (30, 20, 10)
    engagement: tuple[int, ...] = (60, 30, 10)
    margin: int = 0


class RollUp(Struct, frozen=True, forbid_unknown_fields=True):
    """A company's score from those of its people: of the `of` highest, the sum, the greatest or the average."""

    take: Take = "sum"
    of: int = 3


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """One scoring model: what earns points, who is left out, the grades."""

    key: str = "main"
    words: Words = field(default_factory=dict)
    groups: tuple[Group, ...] = field(default=(), name="group")
    rules: tuple[Rule, ...] = field(default=(), name="rule")
    fit: tuple[Fit, ...] = ()
    exclude: tuple[Exclude, ...] = ()
    grades: Grades | None = None
    company: RollUp | None = None


class Scoring(Struct, frozen=True, forbid_unknown_fields=True):
    """All scoring models. The first is the main one: its sums are the score that people see everywhere."""

    models: tuple[Model, ...] = field(default=(), name="model")

    @property
    def main(self) -> Model:
        """The first model; one without rules when there is none."""
        return self.models[0] if self.models else Model()

    def model(self, key: str) -> Model | None:
        """The model of a key; the main one for no key."""
        return self.main if not key else next((m for m in self.models if m.key == key), None)


class Definition(Struct, frozen=True, forbid_unknown_fields=True):
    """When somebody deserves a stage. rest_days: so long after sales sent them back it is not given again by itself.

    keep: whoever has the stage goes back when neither this nor `when` has held for drop_after days; nobody does without
    it. silence_days: whoever did nothing for so long goes back too.
    """

    when: Predicate
    words: Words = field(default_factory=dict)
    rest_days: int = 30
    keep: Predicate | None = None
    drop_after: int = 0
    silence_days: int | None = None

    @property
    def may_be_lost(self) -> bool:
        return self.keep is not None or self.silence_days is not None

    @property
    def asked(self) -> tuple[Predicate, ...]:
        return (self.when,) if self.keep is None else (self.when, self.keep)


class Stages(Struct, frozen=True, forbid_unknown_fields=True):
    """The definitions of the two stages that marketing gives."""

    mql: Definition | None = None
    sql: Definition | None = None

    @property
    def given(self) -> dict[str, Definition]:
        return {name: one for name, one in (("mql", self.mql), ("sql", self.sql)) if one is not None}


class Segment(Struct, frozen=True, forbid_unknown_fields=True):
    """People with something in common, kept up to date; without a condition, those who were put into it: a fixed one.

    archived: nobody is in it any more, and pages do not offer it.
    """

    key: str
    when: Predicate | None = None
    words: Words = field(default_factory=dict)
    archived: bool = False


class Segments(Struct, frozen=True, forbid_unknown_fields=True):
    """All segments."""

    segments: tuple[Segment, ...] = field(default=(), name="segment")


Named = Group | Rule | Fit | Exclude | Model | Definition | Segment


def words_of(part: Named, language: str) -> str:
    """The part's name in a language, else in the other one, else its key."""
    short = "de" if language.startswith("de") else "en"
    return part.words.get(short) or next(iter(part.words.values()), "") or str(getattr(part, "key", ""))
