"""How far the people of each persona came, from the history of stages; what they brought; who is like nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Count, Sum

from reif.crm.models import Deal
from reif.qualify.models import Counted, Crowd
from reif.qualify.personas.count import ALL, NO_TITLE, OTHER, STEPS, STRANGE
from reif.rules.predicates import AnyOf, Did, Is, Predicate
from reif.rules.within import EVERYBODY, Within

_ABOVE = {
    "mql": ("mql", "sal", "sql", "opportunity", "customer", "evangelist"),
    "sql": ("sql", "opportunity", "customer", "evangelist"),
    "opportunity": ("opportunity", "customer", "evangelist"),
    "customer": ("customer", "evangelist"),
}
WHY = {"no_title": NO_TITLE, "strange": STRANGE, "other": OTHER}
_KEY = ("persona", "rung", "tenths")
Spread = list[tuple[int, int]]
"""Tenths of days, and how many people: the fewest days first."""


class Step(NamedTuple):
    """reached: people who ever stood there or above. days: median since they became known. of: those one step before."""

    stage: str
    reached: int
    of: int
    people: int
    days: float | None

    @property
    def rate(self) -> float | None:
        """From 0 to 1, of those one step before."""
        return self.reached / self.of if self.of else None

    @property
    def share(self) -> float:
        """From 0 to 1, of all people of the persona."""
        return self.reached / self.people if self.people else 0.0


class Figures(NamedTuple):
    """Of one persona. won: deals; value: what they brought, cents by currency."""

    people: int
    steps: tuple[Step, ...]
    won: int
    value: dict[str, int]

    @property
    def rate_won(self) -> float:
        """How many became customers, from 0 to 1."""
        return self.steps[-1].share


def figures(within: Within = EVERYBODY) -> dict[str, Figures]:
    """By persona, empty for none, of a segment or everybody; two queries."""
    crowds = _crowds(within)
    won, value = _won(within)
    return {
        key: Figures(_many(crowd[ALL]), _steps(crowd), won.get(key, 0), value.get(key, {}))
        for key, crowd in crowds.items()
        if crowd[ALL]
    }


def _crowds(within: Within) -> dict[str, dict[int, Spread]]:
    """By persona and rung. Of everybody as it is counted; of a segment from what each of its people counts for."""
    sums: Counter[tuple[int, str, int]] = Counter()
    if not within.key:
        for persona, rung, tenths, n in Crowd.objects.filter(people__gt=0).values_list(*_KEY, "people"):
            sums[tenths, persona, rung] += n
    else:
        counted = Counted.objects.filter(within.people("person")).order_by()
        for persona, *told, n in counted.values_list("persona", "lack", *STEPS.values()).annotate(Count("person")):
            for rung, tenths in zip((ALL, *STEPS), told, strict=True):
                if tenths is not None:
                    sums[tenths, persona, rung] += n
    found: dict[str, dict[int, Spread]] = defaultdict(lambda: defaultdict(list))
    for (tenths, persona, rung), n in sorted(sums.items()):
        found[persona][rung].append((tenths, n))
    return found


def _won(within: Within) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    deals: dict[str, int] = defaultdict(int)
    value: dict[str, dict[str, int]] = defaultdict(dict)
    rows = Deal.objects.filter(within.people("person"), won_at__isnull=False, person__erased_at=None).order_by()
    for persona, currency, n, cents in rows.values_list("person__persona", "currency").annotate(
        Count("id"), Sum("cents")
    ):
        deals[persona] += n
        value[persona][currency] = cents
    return deals, value


def _steps(crowd: dict[int, Spread]) -> tuple[Step, ...]:
    people = _many(crowd[ALL])
    steps, before = [], people
    for rung, stage in STEPS.items():
        count = _many(crowd[rung])
        steps.append(Step(stage, count, before, people, _median(crowd[rung])))
        before = count
    return tuple(steps)


def _many(spread: Spread) -> int:
    return sum(n for _tenths, n in spread)


def _median(spread: Spread) -> float | None:
    """Of days; of the two in the middle, their mean."""
    until = list(accumulate(n for _tenths, n in spread))
    if not until:
        return None
    middle = (until[-1] - 1) // 2, until[-1] // 2
    return sum(next(spread[i][0] for i, n in enumerate(until) if n > place) for place in middle) / 20


def of_persona(key: str, within: Within = EVERYBODY) -> list[tuple[str, str]]:
    """Those who are like it, for the address of the list of people."""
    return within.pairs(_is(key))


def who_reached(key: str, stage: str, within: Within = EVERYBODY) -> list[tuple[str, str]]:
    """Those of them who ever came so far, for the address of the list of people."""
    ever: tuple[Predicate, ...] = tuple(Did("person.staged", one) for one in _ABOVE[stage])
    return within.pairs(_is(key), AnyOf(ever))


def _is(key: str) -> Is:
    return Is("persona", "is", key) if key else Is("persona", "is not set", None)


def nobody(within: Within = EVERYBODY) -> dict[str, int]:
    """How many have no persona, by the reason; one query."""
    counted = Counted.objects.filter(within.people("person"), persona="").values_list("lack").annotate(Count("person"))
    crowd = Crowd.objects.filter(persona="", rung=ALL).values_list("tenths", "people")
    found = dict(counted.order_by() if within.key else crowd)
    return {name: found.get(why, 0) for name, why in WHY.items()}
