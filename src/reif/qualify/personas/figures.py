"""How far the people of each persona came, from the history of stages; what they brought; who is like nobody."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, Sum

from reif.crm.models import Deal, Person
from reif.crm.reached import REACHED
from reif.rules.predicates import AnyOf, Did, Is, Predicate
from reif.rules.within import EVERYBODY, Within

STEPS = {2: "mql", 3: "sql", 4: "opportunity", 5: "customer"}
_ABOVE = {
    "mql": ("mql", "sal", "sql", "opportunity", "customer", "evangelist"),
    "sql": ("sql", "opportunity", "customer", "evangelist"),
    "opportunity": ("opportunity", "customer", "evangelist"),
    "customer": ("customer", "evangelist"),
}
_SQL = REACHED + (Path(__file__).parent / "funnel.sql").read_text("utf-8")
_DAYS = {
    "postgresql": "EXTRACT(EPOCH FROM reached.at - person.created_at)::float / 86400",
    "sqlite": "julianday(reached.at) - julianday(person.created_at)",
}


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
    """By persona, empty for none, of a segment or everybody; three queries."""
    living = Person.objects.living().filter(within.people()).order_by()
    people = dict(living.values_list("persona").annotate(n=Count("id")))
    reached = _reached(within)
    won, value = _won(within)
    return {
        key: Figures(n, _steps(n, reached.get(key, {})), won.get(key, 0), value.get(key, {}))
        for key, n in people.items()
    }


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


def _reached(within: Within) -> dict[str, dict[int, tuple[int, float]]]:
    found: dict[str, dict[int, tuple[int, float]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(days=_DAYS[connection.vendor], whose=within.sql("spell.person_id")), within.asked)
        for persona, n, count, days in cursor.fetchall():
            found[persona][n] = (count, float(days))
    return found


def _steps(people: int, reached: dict[int, tuple[int, float]]) -> tuple[Step, ...]:
    steps, before = [], people
    for n, stage in STEPS.items():
        count, days = reached.get(n, (0, None))
        steps.append(Step(stage, count, before, people, days))
        before = count
    return tuple(steps)


def of_persona(key: str, within: Within = EVERYBODY) -> list[tuple[str, str]]:
    """Those who are like it, for the address of the list of people."""
    return within.pairs(_is(key))


def who_reached(key: str, stage: str, within: Within = EVERYBODY) -> list[tuple[str, str]]:
    """Those of them who ever came so far, for the address of the list of people."""
    ever: tuple[Predicate, ...] = tuple(Did("person.staged", one) for one in _ABOVE[stage])
    return within.pairs(_is(key), AnyOf(ever))


def _is(key: str) -> Is:
    return Is("persona", "is", key) if key else Is("persona", "is not set", None)


def nobody(within: Within = EVERYBODY) -> dict[str, Any]:
    """Who has no persona, by the reason; one query."""
    none = Person.objects.living().filter(within.people(), persona="")
    return none.aggregate(
        no_title=Count("id", filter=Q(job_title="")),
        strange=Count("id", filter=~Q(job_title="") & Q(department="", level="")),
        other=Count("id", filter=~Q(job_title="") & ~Q(department="", level="")),
    )
