"""Which open deals the reader of the board asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet

from reif.crm.models import Activity, Deal
from reif.kit.clock import now
from reif.staff.models import Role, User

SCOPES = ("mine", "team", "all")
STEPS = ("none", "overdue")


@dataclass(frozen=True)
class Asked:
    """scope: mine, team or all. owner: one colleague's deals, 0 for everybody's. step: without a next one, or late."""

    scope: str
    owner: int = 0
    step: str = ""

    @classmethod
    def of(cls, user: User, said: Mapping[str, str]) -> Asked:
        """What a query string says, as far as this user may ask it."""
        scopes, scope, owner, step = scopes_of(user), said.get("scope", ""), said.get("owner", ""), said.get("next", "")
        return cls(
            scope if scope in scopes else scopes[0],
            int(owner) if owner.isdigit() and len(owner) < 10 else 0,
            step if step in STEPS else "",
        )

    @property
    def query(self) -> str:
        """The same as a query string."""
        rest = {"owner": self.owner, "next": self.step}
        return urlencode({"scope": self.scope} | {key: value for key, value in rest.items() if value})

    @property
    def narrow(self) -> bool:
        """Is there more than the scope?"""
        return bool(self.owner or self.step)


def scopes_of(user: User) -> tuple[str, ...]:
    """Sellers begin with their own deals, the others with all."""
    if user.role == Role.SELLER:
        return ("mine", "team") if user.team_id else ("mine",)
    return ("all", "team", "mine") if user.team_id else ("all", "mine")


def in_scope(user: User, scope: str) -> QuerySet[Deal]:
    """The open deals of a scope."""
    rows = Deal.objects.visible_to(user).open()
    if scope == "mine":
        return rows.filter(owner=user)
    return rows.filter(owner__team=user.team_id) if scope == "team" else rows


def shown(user: User, asked: Asked) -> QuerySet[Deal]:
    """The deals that were asked for, in the order of the board."""
    rows = in_scope(user, asked.scope)
    if asked.owner:
        rows = rows.filter(owner=asked.owner)
    if asked.step:
        planned = Activity.objects.planned().filter(deal=OuterRef("pk"))
        rows = rows.filter(~Exists(planned) if asked.step == "none" else Exists(planned.filter(due_at__lt=now())))
    return rows.order_by("position", "id")
