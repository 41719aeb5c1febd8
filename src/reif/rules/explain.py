"""Why somebody is meant or not: the leaves that hold, and the closest one that does not, with the actual value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reif.rules.fields import Type, field_of
from reif.rules.memory import reader
from reif.rules.operators import OPERATORS, Wants
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.record import Record
from reif.rules.words import Names, say, say_value

FAR, UNKNOWN = 1.0, 2.0
WAYS, KEPT = 3, 8


@dataclass(frozen=True)
class Explanation:
    """`sentence`: the closest failing leaf, or why it holds. `lacks`: all that is missing on the shortest way,
    closest first, `open`: the same as conditions. `because`: the leaves that hold and count."""

    holds: bool
    sentence: str
    lacks: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    open: tuple[Is | Did, ...] = ()


@dataclass(frozen=True)
class _Gap:
    """How far a leaf is from holding: below 1 when it is a matter of numbers."""

    distance: float
    leaf: Is | Did
    negated: bool


def explain(
    predicate: Predicate, record: Record, now: datetime, language: str = "de", names: Names | None = None
) -> Explanation:
    """«Punktestand ist 42, nötig sind mindestens 60»."""
    teller = _Teller(record, now, language, names)
    if reader(predicate)(record, now):
        because = tuple(dict.fromkeys(teller.reasons(predicate, False)))
        return Explanation(True, "; ".join(because) or say(predicate, language, names), (), because)
    gaps = sorted(teller.gaps(predicate, False), key=lambda gap: gap.distance)
    lacks = tuple(dict.fromkeys(teller.lack(gap) for gap in gaps))
    open_ = tuple(gap.leaf for gap in gaps if not gap.negated)
    return Explanation(False, lacks[0] if lacks else say(predicate, language, names), lacks, open=open_)


def ways(predicate: Predicate, record: Record, now: datetime, language: str = "de") -> tuple[tuple[str, ...], ...]:
    """The shortest ways to it, at most three, each with all that is missing on it; none when it holds."""
    teller = _Teller(record, now, language, None)
    found = [tuple(dict.fromkeys(map(teller.lack, way))) for way in teller.ways(predicate, False) if way]
    return tuple(dict.fromkeys(found))[:WAYS]


class _Teller:
    def __init__(self, record: Record, now: datetime, language: str, names: Names | None) -> None:
        self.record, self.now, self.language, self.names = record, now, language, names
        self.german = language.startswith("de")

    def holds(self, part: Predicate, negated: bool) -> bool:
        return reader(part)(self.record, self.now) is not negated

    def reasons(self, part: Predicate, negated: bool) -> list[str]:
        """The leaves that make a part true."""
        match part:
            case Not(inner):
                return self.reasons(inner, not negated)
            case All(of) | AnyOf(of):
                return [words for p in of if self.holds(p, negated) for words in self.reasons(p, negated)]
        return [say(Not(part) if negated else part, self.language, self.names)]

    def gaps(self, part: Predicate, negated: bool) -> list[_Gap]:
        """What fails: in a part that needs everything, all of it; in one with alternatives, the nearest."""
        if self.holds(part, negated):
            return []
        match part:
            case Not(inner):
                return self.gaps(inner, not negated)
            case All(of) | AnyOf(of):
                ways = [self.gaps(p, negated) for p in of]
                if isinstance(part, All) is not negated:
                    return [gap for way in ways for gap in way]
                return min(ways, key=lambda way: sum(g.distance for g in way), default=[])
            case Is() | Did():
                return [_Gap(self.distance(part, negated), part, negated)]
        raise TypeError(part)

    def ways(self, part: Predicate, negated: bool) -> list[list[_Gap]]:
        """Every way on which a part would hold, the shortest first; the longest of very many are left out."""
        if self.holds(part, negated):
            return [[]]
        match part:
            case Not(inner):
                return self.ways(inner, not negated)
            case All(of) | AnyOf(of):
                parts = [self.ways(p, negated) for p in of]
                if isinstance(part, All) is negated:
                    return _shortest(way for found in parts for way in found)
                found: list[list[_Gap]] = [[]]
                for further in parts:
                    found = _shortest(way + more for way in found for more in further)
                return found
            case Is() | Did():
                return [[_Gap(self.distance(part, negated), part, negated)]]
        raise TypeError(part)

    def distance(self, leaf: Is | Did, negated: bool) -> float:
        if isinstance(leaf, Did):
            return FAR if negated else (leaf.at_least - self.count(leaf)) / leaf.at_least
        actual = self.record.values[leaf.field]
        if isinstance(actual, frozenset):
            return FAR
        if actual is None:
            return UNKNOWN
        if not negated and leaf.op in (">=", ">", "<=", "<") and isinstance(actual, int | float):
            wanted = float(leaf.value)  # type: ignore[arg-type]
            return min(abs(wanted - actual) / max(abs(wanted), 1), FAR)
        return FAR

    def count(self, leaf: Did) -> int:
        times = self.record.did[leaf.kind, leaf.topic]
        start = 0 if leaf.within_days is None else bisect_left(times, self.now - timedelta(days=leaf.within_days))
        return bisect_right(times, self.now) - start

    def lack(self, gap: _Gap) -> str:
        if isinstance(gap.leaf, Did):
            return self.lack_of_did(gap.leaf, gap.negated)
        return self.lack_of_is(gap.leaf, gap.negated)

    def lack_of_did(self, leaf: Did, negated: bool) -> str:
        need = say(Not(leaf) if negated else leaf, self.language, self.names)
        count = self.count(leaf)
        if not negated and leaf.at_least == 1:
            return f"Fehlt noch: {need}" if self.german else f"Still missing: {need}"
        return f"Nötig ist: {need} (bisher {count}-mal)" if self.german else f"Needed: {need} (so far {count} times)"

    def lack_of_is(self, leaf: Is, negated: bool) -> str:
        field = field_of(leaf.field)
        if field is None:
            return leaf.field
        name, actual = field.words(self.language), self.record.raw[leaf.field]
        if field.type in (Type.TRUTH, Type.KEYS):
            need = say(Not(leaf) if negated else leaf, self.language, self.names)
            return f"Nötig ist: {need}" if self.german else f"Needed: {need}"
        need = _needed(say(Not(leaf) if negated else leaf, self.language, self.names), name)
        if self.record.values[leaf.field] is None:
            return f"{name} ist unbekannt, nötig: {need}" if self.german else f"{name} is unknown, needed: {need}"
        shown = say_value(field, actual, self.language, self.names)
        if not negated and leaf.op in (">=", "<="):
            return self.number_lack(name, shown, leaf, say_value(field, leaf.value, self.language))
        if OPERATORS[leaf.op].wants is Wants.NOTHING and leaf.op == "is not set":
            return f"{name} ist {shown}, nötig: {need}" if self.german else f"{name} is {shown}, needed: {need}"
        return f"{name} ist {shown}, nötig: {need}" if self.german else f"{name} is {shown}, needed: {need}"

    def number_lack(self, name: str, shown: str, leaf: Is, wanted: str) -> str:
        if self.german:
            bound = "mindestens" if leaf.op == ">=" else "höchstens"
            return f"{name} ist {shown}, nötig sind {bound} {wanted}"
        return f"{name} is {shown}, needed {'at least' if leaf.op == '>=' else 'at most'} {wanted}"


def _shortest(found: Iterable[list[_Gap]]) -> list[list[_Gap]]:
    return sorted(found, key=lambda way: sum(gap.distance for gap in way))[:KEPT]


def _needed(sentence: str, name: str) -> str:
    """What the sentence says about the field, without its name and the first verb."""
    rest = sentence.removeprefix(name).strip()
    for verb in ("ist ", "is "):
        rest = rest.removeprefix(verb)
    return rest


__all__: list[Any] = ["Explanation", "explain", "ways"]
