"""Open deals in the columns of their stages, with sums and what has to be done next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from reif.crm.models import Activity, Deal, DealStage
from reif.kit.clock import now
from reif.staff.models import Role, User

SCOPES = ("mine", "team", "all")
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
    """scope: whose deals. scopes: those that the reader may choose."""

    scope: str
    scopes: tuple[str, ...]
    columns: list[Column]

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


def board(user: User, wanted: str = "") -> Board:
    """Two queries."""
    scopes = scopes_of(user)
    scope = wanted if wanted in scopes else scopes[0]
    columns = {stage.value: Column(stage) for stage in DealStage}
    for deal in dated(shown(user, scope))[:MOST]:
        column = columns[deal.stage]
        mark(deal)
        column.deals.append(deal)
        column.sums[deal.currency] += deal.cents
        column.next[deal.next] += 1  # type: ignore[attr-defined]
    return Board(scope, scopes, list(columns.values()))


def scopes_of(user: User) -> tuple[str, ...]:
    """Sellers begin with their own deals, the others with all."""
    if user.role == Role.SELLER:
        return ("mine", "team") if user.team_id else ("mine",)
    return ("all", "team", "mine") if user.team_id else ("all", "mine")


def shown(user: User, scope: str) -> QuerySet[Deal]:
    """The open deals of a scope, in the order of the board."""
    rows = Deal.objects.visible_to(user).open()
    if scope == "mine":
        rows = rows.filter(owner=user)
    elif scope == "team":
        rows = rows.filter(owner__team=user.team_id)
    return rows.order_by("position", "id")


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
