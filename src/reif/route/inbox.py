"""What a reader finds in the inbox: offers with broken promises first, people in hand, and those nobody could take."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from reif.crm.models import Activity
from reif.kit.clock import now
from reif.route.crew import IN_HAND
from reif.route.models import Assignment, AssignmentQuerySet, Waiting
from reif.staff.models import Role, User

SCOPES = ("mine", "team", "all")
MOST = 100


@dataclass
class Inbox:
    """scope: mine, team or all. counts: open offers by scope, for those scopes that the reader has."""

    scope: str
    counts: dict[str, int]
    offers: list[Assignment]
    in_hand: list[Assignment]
    waiting: list[Waiting]
    resting: int

    @property
    def is_empty(self) -> bool:
        return not (self.offers or self.in_hand or self.waiting)


def inbox(user: User, wanted: str = "") -> Inbox:
    """Seven queries at most."""
    counts = _counts(user)
    scope = wanted if wanted in counts else next(iter(counts))
    mine = _scoped(Assignment.objects.visible_to(user), user, scope)
    rows = mine.select_related("person__company", "owner__team")
    waiting = _waiting(user)
    return Inbox(
        scope,
        counts,
        _marked(list(rows.offered().urgent_first()[:MOST])),
        list(_in_hand(rows)[:MOST]),
        [w for w in waiting if w.rest_until is None],
        sum(1 for w in waiting if w.rest_until),
    )


def offers_for(user: User) -> int:
    """The number in the navigation: own open offers for sellers, all for the others."""
    offers = Assignment.objects.offered()
    return (offers.filter(owner=user) if user.role == Role.SELLER else offers).count()


def _counts(user: User) -> dict[str, int]:
    found = Assignment.objects.visible_to(user).offered().aggregate(
        mine=Count("id", filter=Q(owner=user)), team=Count("id", filter=Q(owner__team=user.team_id)), all=Count("id")
    )  # fmt: skip
    if user.role == Role.SELLER:
        return {k: found[k] for k in (("mine", "team") if user.team_id else ("mine",))}
    if user.team_id:
        return {k: found[k] for k in ("all", "team", "mine")}
    return {"all": found["all"]}


def _scoped(rows: AssignmentQuerySet, user: User, scope: str) -> AssignmentQuerySet:
    if scope == "mine":
        return rows.filter(owner=user)
    return rows.filter(owner__team=user.team_id) if scope == "team" else rows


def _in_hand(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """Accepted people without a deal yet, those without a next step first."""
    planned = Activity.objects.planned().filter(person=OuterRef("person")).order_by().values("person")
    mine = rows.filter(state=Assignment.State.ACCEPTED, person__stage__in=IN_HAND, person__owner=F("owner"))
    dated = mine.annotate(next_at=Subquery(planned.annotate(first=Min("due_at")).values("first")))
    return dated.order_by(F("next_at").asc(nulls_first=True), "-answered_at")


def _marked(offers: list[Assignment]) -> list[Assignment]:
    moment = now()
    for one in offers:
        one.late = one.due_at is not None and one.due_at < moment  # type: ignore[attr-defined]
    return sorted(offers, key=lambda one: not one.late)  # type: ignore[attr-defined]


def _waiting(user: User) -> list[Waiting]:
    if user.role == Role.SELLER:
        return []
    return list(Waiting.objects.select_related("person__company").order_by("since", "id")[: 2 * MOST])
