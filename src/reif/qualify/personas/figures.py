"""How the people of each persona come along: at which stage they stand, who bought, how long it took; who is like nobody."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Avg, Count, F, Q

from reif.crm.models import STAGES, Deal, Person, StageSpell

SHOWN = ("lead", "mql", "sql", "opportunity", "customer")


def figures() -> dict[str, dict[str, Any]]:
    """By persona (empty: none): people, reached (by stage, those who stand at or above it), won, days."""
    stands: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    living = Person.objects.living().order_by()
    for persona, stage, n in living.values_list("persona", "stage").annotate(n=Count("id")):
        stands[persona][stage] += n
    won = Deal.objects.filter(won_at__isnull=False).order_by().values("person__persona")
    deals = {row["person__persona"]: row for row in won.annotate(n=Count("id"))}
    bought = StageSpell.objects.filter(stage="customer", person__erased_at=None).order_by().values("person__persona")
    days = {r["person__persona"]: r["d"] for r in bought.annotate(d=Avg(F("entered_at") - F("person__created_at")))}
    return {
        key: {
            "people": (people := sum(counts.values())),
            "steps": [_step(stage, counts, people) for stage in SHOWN],
            "won": deals.get(key, {}).get("n", 0),
            "days": round(days[key].total_seconds() / 86_400) if days.get(key) else None,
        }
        for key, counts in stands.items()
    }  # fmt: skip


def _step(stage: str, counts: dict[str, int], people: int) -> dict[str, Any]:
    rung = STAGES.index(stage)
    n = sum(n for name, n in counts.items() if name in STAGES and STAGES.index(name) >= rung and name != "other")
    return {"stage": stage, "n": n, "share": n / people if people else 0}


def nobody() -> dict[str, int]:
    """Who has no persona, by the reason; one query."""
    none = Person.objects.living().filter(persona="")
    told: dict[str, int] = none.aggregate(
        no_title=Count("id", filter=Q(job_title="")),
        strange=Count("id", filter=~Q(job_title="") & Q(department="", level="")),
        other=Count("id", filter=~Q(job_title="") & ~Q(department="", level="")),
    )
    return told
