"""What was done and is asked about, read from the lake once for all models: a table of a few bytes a deed.

Sorted by person, and of each in the order in which deeds became known, so that everything that follows looks at a slice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from reif.qualify.backtest.history import History
from reif.qualify.backtest.series import DAY, Ints, Moments, Truths
from reif.qualify.replay.local_days import local
from reif.qualify.replay.matching import fill, looking, matcher, of_the_deed
from reif.qualify.replay.rows import span
from reif.qualify.scoring.behaviour import KINDS
from reif.qualify.ways import Rule
from reif.rules.columns import literal
from reif.rules.predicates import Did, Is, leaves

if TYPE_CHECKING:
    from reif.qualify.backtest.standings import Replay

Found = TypeVar("Found")
AT = 'd."at"'
AT_ONCE, CROWD = 100_000, 1 << 17
"""So many deeds, and people at most, in a slice: what is worked on stays near the processor, and a day fits into 32 bits."""
CONSENT = (Did("consent.given"), Did("consent.withdrawn"))


class Source(NamedTuple):
    """What a rule or a condition hears."""

    kinds: tuple[str, ...]
    topics: tuple[str, ...]

    @classmethod
    def of(cls, asks: Rule | Did) -> Source:
        return cls(asks.kinds, asks.topics) if isinstance(asks, Rule) else cls((asks.kind,), (asks.topic,))


OWN = Source(tuple(sorted(KINDS)), ("",))
"""What people do themselves, by which silence is told."""
Verdict = tuple[Source, str]
"""A condition, as text, that may read differently at each deed that a rule hears."""


@dataclass(frozen=True)
class Deeds:
    """A line a deed. person: a place in the list of people; sort: those of one sort are heard by the same; known, day:
    the days (UTC) on which it was known and done; here: the day at the company's place; at_once: known when it was done; verdict: a bit for each condition
    that looks at the deed.
    """

    person: Ints
    sort: Ints
    known: Ints
    day: Ints
    here: Ints
    at_once: Truths
    verdict: Ints
    hears: dict[Source, Truths]
    bits: dict[Verdict, int]
    low: int = 0
    kept: dict[Hashable, Any] = field(default_factory=dict)
    looked: list[Moments] = field(default_factory=list)

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """What every model asks of the same slice is found once."""
        if what not in self.kept:
            self.kept[what] = find()
        found: Found = self.kept[what]
        return found

    def moments(self, key: Ints) -> Moments:
        """The same for every model that looks at these days."""
        for one in self.looked:
            if np.array_equal(one.key, key):
                return one
        self.looked.append(Moments(key))
        return self.looked[-1]

    def forget(self) -> None:
        """What was found, when all models have taken the slice in."""
        self.kept.clear()
        self.looked.clear()

    def heard(self, by: Source) -> Ints:
        """Which lines."""
        return self.once(by, lambda: np.flatnonzero(self.hears[by].take(self.sort)))

    @property
    def own(self) -> Ints:
        """Lines of what people did themselves. What was done before it was known who did it is left out, as `hold` does."""
        return self.once("own", lambda: (at := self.heard(OWN))[self.at_once.take(at)])

    def keys(self, at: Ints) -> Ints:
        """person * DAY + the day it was known, of these lines; people are counted from the first of the slice."""
        found: Ints = (self.person.take(at) - self.low) * np.int32(DAY) + self.known.take(at)
        return found

    def parts(self) -> Iterator[Deeds]:
        """Slices of whole people."""
        start = 0
        while start < len(self.person):
            last = self.person[min(start + AT_ONCE, len(self.person)) - 1]
            end = int(np.searchsorted(self.person, min(last, self.person[start] + CROWD - 1), "right"))
            mine = slice(start, end)
            yield replace(
                self, person=self.person[mine], sort=self.sort[mine], known=self.known[mine], day=self.day[mine],
                here=self.here[mine], at_once=self.at_once[mine], verdict=self.verdict[mine], low=int(self.person[start]),
                kept={}, looked=[],
            )  # fmt: skip
            start = end


def deeds(history: History, replays: Sequence[Replay]) -> Deeds:
    """Everything that the rules and conditions of these models hear."""
    rules = [rule for one in replays for rule in one.model.rules]
    said = [leaf for one in replays for predicate in one.asked for leaf in leaves(predicate)]
    silence = any(one.silence for one in replays)
    dids = [leaf for leaf in said if isinstance(leaf, Did)]
    dids += CONSENT if any(isinstance(leaf, Is) and leaf.field == "consent" for leaf in said) else ()
    sources = list(dict.fromkeys([*map(Source.of, rules), *map(Source.of, dids), *[OWN] * silence]))
    hears = _sorted(history, sources)
    bits = _verdicts(history, rules)
    more = {"at_once": "d.known = d.id"} if silence else {}
    if any(rule.most or rule.per_day for rule in rules):
        more["here"] = f"(({local(AT, *span(history.lake))})::DATE - DATE '{history.origin:%Y-%m-%d}')::INTEGER"
    if bits:
        more["verdict"] = "COALESCE(v.verdict, 0)"
    got = _read(history, more)
    return Deeds(**got, hears=hears, bits=bits)


def _sorted(history: History, sources: Sequence[Source]) -> dict[Source, Truths]:
    """Makes the small table `sorts` of kind, topic, sort: every pair there is, told by who hears it."""
    kinds = ", ".join(literal(kind) for kind in sorted({kind for one in sources for kind in one.kinds}))
    pairs = history.lake.execute(f"SELECT DISTINCT kind, topic FROM events WHERE kind IN ({kinds})").fetchall()
    tests = [(frozenset(source.kinds), matcher(source.topics)) for source in sources]
    sorts: dict[tuple[int, ...], int] = {}
    rows = []
    for kind, topic in pairs:
        by = tuple(n for n, (of, test) in enumerate(tests) if kind in of and test(topic))
        if by:
            rows.append((kind, topic, sorts.setdefault(by, len(sorts))))
    history.lake.execute("CREATE OR REPLACE TEMP TABLE sorts (kind VARCHAR, topic VARCHAR, sort INTEGER)")
    fill(history.lake, "sorts", rows)
    heard = np.zeros((len(sources), max(len(sorts), 1)), dtype=bool)
    for by, sort in sorts.items():
        heard[list(by), sort] = True
    return dict(zip(sources, heard, strict=True))


def _verdicts(history: History, rules: Iterable[Rule]) -> dict[Verdict, int]:
    """Makes the table `verdicts` of id and verdict: a bit for each condition that holds at a deed."""
    looked: dict[Verdict, Rule] = {
        (Source.of(rule), repr(rule.when)): rule for rule in rules if rule.when and of_the_deed(rule.when)
    }
    held = [
        f"SELECT id, {1 << bit}::BIGINT AS bit FROM ({looking(0, rule)})" for bit, rule in enumerate(looked.values())
    ]
    if held:
        history.lake.execute(
            "CREATE OR REPLACE TEMP TABLE verdicts AS SELECT id, bit_or(bit) AS verdict"
            f" FROM ({' UNION ALL '.join(held)}) GROUP BY id"
        )
    return {verdict: bit for bit, verdict in enumerate(looked)}


def _read(history: History, more: dict[str, str]) -> dict[str, Any]:
    """more: columns that somebody needs, in SQL; those that nobody does are empty."""
    asked = "".join(f", {sql} AS {name}" for name, sql in more.items())
    got = history.lake.execute(f"""SELECT p.place AS person, s.sort, ({history.sql_day("d.known_at")})::SMALLINT AS known,
  ({history.sql_day(AT)})::SMALLINT AS day{asked}
FROM deeds d JOIN sorts s USING (kind, topic) JOIN places p ON p.id = d.person
{"LEFT JOIN verdicts v ON v.id = d.id" if "verdict" in more else ""} WHERE d.known_at < p.until
ORDER BY p.place, d.known, d.id""").fetchnumpy()
    none = np.zeros(len(got["person"]), dtype=np.int8)
    return {"here": none, "at_once": none, "verdict": none, **got}
