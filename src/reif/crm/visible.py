"""Who may see which records: sellers their own and their team's, and what nobody owns yet is not theirs."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from reif.staff.models import Role, User


def _mine_or_my_teams(user: User, path: str = "owner") -> Q:
    mine = Q(**{path: user})
    return mine | Q(**{f"{path}__team": user.team_id}) if user.team_id else mine


class OwnedQuerySet(models.QuerySet[Any]):
    """Records with an owner."""

    def visible_to(self, user: User) -> Self:
        """Sellers see what they or their team own; every other role sees all."""
        return self.filter(_mine_or_my_teams(user)) if user.role == Role.SELLER else self


class PersonQuerySet(OwnedQuerySet):
    def unowned(self) -> Self:
        return self.filter(owner=None)

    def living(self) -> Self:
        """Not erased."""
        return self.filter(erased_at=None)


class CompanyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Sellers see companies that they or their team own, or at which they have somebody."""
        if user.role != Role.SELLER:
            return self
        return self.filter(_mine_or_my_teams(user) | _mine_or_my_teams(user, "people__owner")).distinct()


class DealQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(won_at=None, lost_at=None)


class ActivityQuerySet(OwnedQuerySet):
    def planned(self) -> Self:
        return self.filter(done_at=None, cancelled_at=None, due_at__isnull=False)
