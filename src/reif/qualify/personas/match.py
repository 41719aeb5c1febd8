"""How much somebody is like a persona: the weight of what fits, of the weight of all that the persona states.

Somebody of another department is not like it at all; what is unknown counts as not fitting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from reif.kit.fold import fold
from reif.qualify.personas.ways import Persona
from reif.rules.memory import reader
from reif.rules.predicates import Is, Predicate
from reif.rules.record import Record

WEIGHTS = {"department": 40, "level": 25, "size": 20, "industry": 15, "when": 30}
ASKED: tuple[Predicate, ...] = tuple(
    Is(name, "is set") for name in ("department", "level", "company.size", "company.industry", "job_title")
)


class Likeness(NamedTuple):
    """confidence: per cent. evidence: criterion and `fits`, `differs` or `unknown`."""

    persona: str
    confidence: int
    evidence: dict[str, str]


def best(record: Record, personas: Iterable[Persona], now: datetime) -> Likeness | None:
    """The persona that fits most, when it fits enough."""
    found: Likeness | None = None
    for persona in personas:
        like = likeness(record, persona, now)
        if like.confidence >= persona.least and (found is None or like.confidence > found.confidence):
            found = like
    return found


def likeness(record: Record, persona: Persona, now: datetime) -> Likeness:
    """What fits, what differs, what is unknown."""
    evidence = _evidence(record, persona, now)
    whole = sum(WEIGHTS[name] for name in evidence)
    fits = sum(WEIGHTS[name] for name, how in evidence.items() if how == "fits")
    known = evidence.get("department") != "differs"
    return Likeness(persona.key, round(100 * fits / whole) if whole and known else 0, evidence)


def _evidence(record: Record, persona: Persona, now: datetime) -> dict[str, str]:
    values, found = record.values, {}
    for name in ("department", "level"):
        if wanted := getattr(persona, name):
            found[name] = _how(values[name], values[name] in wanted)
    if persona.industry:
        industry = values["company.industry"]
        found["industry"] = _how(industry, industry in {fold(one) for one in persona.industry})
    if persona.size:
        size = values["company.size"]
        found["size"] = _how(size, size is not None and persona.size[0] <= size <= persona.size[1])
    if persona.when is not None:
        found["when"] = "fits" if reader(persona.when)(record, now) else "differs"
    return found


def _how(value: object, fits: bool) -> str:
    return "unknown" if value is None else "fits" if fits else "differs"
