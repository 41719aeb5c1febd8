"""How much somebody is like a persona: the weight of what fits, of the weight of all that the persona states.

Somebody of another department is not like it at all; what is unknown counts as not fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reif.kit.fold import fold
from reif.qualify.personas.profile import Profile
from reif.qualify.personas.ways import Persona

WEIGHTS = {"department": 40, "level": 25, "size": 20, "industry": 15, "when": 30}


class Likeness(NamedTuple):
    """confidence: per cent. evidence: criterion and `fits`, `differs` or `unknown`."""

    persona: str
    confidence: int
    evidence: dict[str, str]


class Matcher:
    """Finds the persona of profiles; people with the same profile are looked at once."""

    def __init__(self, personas: Sequence[Persona]) -> None:
        self.personas = personas
        self.best = lru_cache(maxsize=50_000)(self._best)

    def ranked(self, profile: Profile) -> list[Likeness]:
        """How much this is like each of them, the most first; of two alike, the one that stands first."""
        return sorted((likeness(profile, p) for p in self.personas), key=lambda like: -like.confidence)

    def _best(self, profile: Profile) -> Likeness | None:
        """The persona that fits most, when it fits enough."""
        least = {p.key: p.least for p in self.personas}
        return next((like for like in self.ranked(profile) if like.confidence >= least[like.persona]), None)


def likeness(profile: Profile, persona: Persona) -> Likeness:
    """What fits, what differs, what is unknown."""
    evidence = _evidence(profile, persona)
    whole = sum(WEIGHTS[name] for name in evidence)
    fits = sum(WEIGHTS[name] for name, how in evidence.items() if how == "fits")
    other = evidence.get("department") == "differs"
    return Likeness(persona.key, round(100 * fits / whole) if whole and not other else 0, evidence)


def _evidence(profile: Profile, persona: Persona) -> dict[str, str]:
    found = {}
    for name in ("department", "level"):
        if wanted := getattr(persona, name):
            said = getattr(profile, name)
            found[name] = _how(bool(said), said in wanted)
    if persona.industry:
        found["industry"] = _how(bool(profile.industry), profile.industry in {fold(one) for one in persona.industry})
    if persona.size:
        size = profile.size
        found["size"] = _how(size is not None, size is not None and persona.size[0] <= size <= persona.size[1])
    if persona.when is not None:
        found["when"] = _how(True, persona.key in profile.holds)
    return found


def _how(known: bool, fits: bool) -> str:
    return ("fits" if fits else "differs") if known else "unknown"
