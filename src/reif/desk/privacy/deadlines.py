"""What the law wants done by a day: claims, people to inform, and who is forgotten by the rules of the house."""

from __future__ import annotations

from typing import Any

from django.db.models import Min
from django.utils.translation import get_language

from reif.channels.law.retain import due
from reif.crm.models import Basis, Claim, Person
from reif.kit.clock import now
from reif.log.models import Timer

SHOWN = 20
MANY = 10_000


def claims() -> list[Claim]:
    """Open ones, the most urgent first."""
    rows = Claim.objects.filter(done_at=None).select_related("person", "activity", "activity__owner")
    return list(rows.order_by("due_at")[:50])


def to_inform() -> dict[str, Any]:
    """People whose data came from elsewhere and who have not been told: how many, and the most urgent."""
    open_ones = Basis.objects.filter(inform_by__isnull=False, informed_at=None, person__erased_at=None)
    people = Person.objects.filter(bases__in=open_ones).annotate(by=Min("bases__inform_by")).order_by("by", "id")
    rows = list(people[:SHOWN])
    return {"rows": rows, "number": _capped(open_ones), "late": open_ones.filter(inform_by__lt=now()).exists()}


def retentions() -> list[dict[str, Any]]:
    """Each rule with how many it would forget today, and the first of them."""
    language = get_language() or "de"
    return [
        {
            "words": one.rule.words.in_(language) or one.rule.key, "months": one.rule.months,
            "number": _capped(one.people), "rows": list(one.people.select_related("company")[:SHOWN]),
        }
        for one in due()
    ]  # fmt: skip


def next_look() -> Any:
    """When the clock looks again; None when there is nothing to look at."""
    return Timer.objects.filter(name="law.daily").values_list("at", flat=True).first()


def _capped(rows: Any) -> int:
    return int(rows.order_by()[: MANY + 1].count())
