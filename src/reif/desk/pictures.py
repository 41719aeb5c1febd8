"""Small pictures for the first page: where people come from, and what lies on the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse

from reif.crm.models import Deal, DealStage, Person
from reif.desk.links import people_whose
from reif.desk.templatetags.sources import source_word
from reif.kit.clock import now
from reif.staff.models import User

DAYS = 30
MOST = 6


@dataclass(frozen=True)
class Bar:
    """One bar: `n` of `whole`, and the page with those it counts."""

    label: str
    n: int
    whole: int
    href: str


def sources(user: User) -> list[Bar]:
    """New people of the last 30 days by source, the most first. One query."""
    since = now() - timedelta(days=DAYS)
    people = Person.objects.living().visible_to(user).filter(created_at__gte=since).exclude(source="").order_by()
    rows = people.values_list("source").annotate(n=Count("id")).order_by("-n", "source")[:MOST]
    found = list(rows)
    whole = max((n for _source, n in found), default=0)
    return [
        Bar(source_word(source), n, whole, people_whose({"sort": "new"}, field="source", op="is", value=source))
        for source, n in found
    ]


def pipeline(user: User) -> list[Bar]:
    """Open deals by stage, empty stages too; none when there are no deals at all. One query."""
    deals = Deal.objects.visible_to(user).open().order_by().values_list("stage").annotate(n=Count("id"))
    counts: dict[str, int] = dict(deals)
    whole = max(counts.values(), default=0)
    board = reverse("close:board")
    return [Bar(str(s.label), counts.get(s.value, 0), whole, board) for s in DealStage] if counts else []
