"""Open deals in the columns of their stages, with sums and what has to be done next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from reif.close.asked import Asked, in_scope, scopes_of, shown
from reif.crm.models import Activity, Deal, DealStage
from reif.kit.clock import now
from reif.staff.models import User

MOST = 400
NEXT = ("overdue", "today", "planned", "none")


@dataclass
class Column:
    """One stage. sums and weighted in cents by currency; next: how many deals by what has to be done next."""

    stage: DealStage
    deals: list[Deal] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    next: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NEXT, 0))

    @property
    def weighted(self) -> dict[str, int]:
        """What it is worth by the probability of the stage, in whole francs or euros."""
        return {c: round(cents * self.stage.probability / 10_000) * 100 for c, cents in self.sums.items()}


@dataclass
class Board:
    """asked: which deals. scopes: those that the reader may choose. left_out: how many did not fit."""

    asked: Asked
    scopes: tuple[str, ...]
    columns: list[Column]
    owners: list[User]
    left_out: int = 0

    @property
    def scope(self) -> str:
        return self.asked.scope

    @property
    def owner(self) -> User | None:
        """The one whose deals were asked for."""
        return next((one for one in self.owners if one.pk == self.asked.owner), None)

    @property
    def count(self) -> int:
        return sum(len(c.deals) for c in self.columns)

    @property
    def sums(self) -> dict[str, int]:
        """All open deals."""
        return _added(c.sums for c in self.columns)

    @property
    def forecast(self) -> dict[str, int]:
        """All open deals by their probability."""
        return _added(c.weighted for c in self.columns)


def board(user: User, asked: Asked | None = None) -> Board:
    """Two queries; a third when there are more deals than fit."""
    asked = asked or Asked.of(user, {})
    rows = shown(user, asked)
    found = list(dated(rows)[: MOST + 1])
    columns = {stage.value: Column(stage) for stage in DealStage}
    for deal in found[:MOST]:
        column = columns[deal.stage]
        mark(deal)
        column.deals.append(deal)
        column.sums[deal.currency] += deal.cents
        column.next[deal.next] += 1  # type: ignore[attr-defined]
    left_out = rows.count() - MOST if len(found) > MOST else 0
    return Board(asked, scopes_of(user), list(columns.values()), _owners(user, asked.scope), left_out)


def _owners(user: User, scope: str) -> list[User]:
    """Whose deals can be asked for alone."""
    if scope == "mine":
        return []
    return list(User.objects.filter(id__in=in_scope(user, scope).values("owner")).order_by("first_name", "last_name"))


def dated(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """With the people and the time of the next activity."""
    planned = Activity.objects.planned().filter(deal=OuterRef("pk")).order_by().values("deal")
    first = planned.annotate(first=Min("due_at")).values("first")
    return deals.select_related("person", "company", "owner").annotate(next_at=Subquery(first))


def mark(deal: Deal) -> None:
    """`next` (overdue, today, planned, none) and `days` in the stage."""
    moment = now()
    deal.next = _next(deal.next_at, moment)  # type: ignore[attr-defined]
    deal.days = (moment - deal.stage_at).days  # type: ignore[attr-defined]


def _next(at: datetime | None, moment: datetime) -> str:
    if at is None:
        return "none"
    if at < moment:
        return "overdue"
    return "today" if timezone.localdate(at) == timezone.localdate(moment) else "planned"


def _added(parts: object) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for part in parts:  # type: ignore[attr-defined]
        for currency, cents in part.items():
            total[currency] += cents
    return total
