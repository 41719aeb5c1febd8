"""The sellers that rules speak of, with their hours, their room and whose turn it is. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from reif.crm.models import Person, Stage
from reif.route.models import Turn
from reif.route.pick import Seller, Turns
from reif.route.section import Rule
from reif.staff.hours import schedules
from reif.staff.models import Role, User

TAKERS = (Role.SELLER, Role.MANAGER)
IN_HAND = (Stage.SAL, Stage.SQL)  # people who are worked on; with a deal they are on the board


class Crew:
    """Everybody who may be chosen by some rules, as things stand at a moment."""

    def __init__(self, rules: Iterable[Rule], others: Iterable[int], at: datetime) -> None:
        rules = list(rules)
        teams, people = {r.team for r in rules}, {p.lower() for r in rules for p in r.people}
        wanted = Q(team__key__in=teams - {""}, role=Role.SELLER) | Q(email__in=people) | Q(id__in=list(others))
        takers = User.objects.filter(wanted, is_active=True, role__in=TAKERS).select_related("team").order_by("id")
        users = list(takers.distinct())
        known, loads = schedules(users), load(users)
        self.sellers = {u.pk: Seller.at(at, u, known[u.pk], loads.get(u.pk, 0)) for u in users}
        rows = Turn.objects.select_for_update().filter(key__in=[r.key for r in rules])
        self.turns = {row.key: Turns({int(k): v for k, v in row.credits.items()}) for row in rows}

    def of(self, rule: Rule) -> list[Seller]:
        """Those whom a rule names, or the members of its team."""
        named = {address.lower() for address in rule.people}
        if named:
            return [s for s in self.sellers.values() if s.user.email in named]
        members = self.sellers.values()
        return [s for s in members if s.user.team and s.user.team.key == rule.team and s.user.role == Role.SELLER]

    def turns_of(self, rule: Rule) -> Turns:
        """What its sellers are owed."""
        return self.turns.setdefault(rule.key, Turns())

    def save(self) -> None:
        """Keep the turns for the next time."""
        rows = [
            Turn(key=key, credits={str(k): round(v, 6) for k, v in turns.owed.items()})
            for key, turns in self.turns.items()
        ]
        Turn.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["credits"])


def weights_of(rule: Rule, sellers: Iterable[Seller]) -> dict[int, int]:
    """By user id: what the rule says, else what the account says."""
    said = {address.lower(): weight for address, weight in rule.weights.items()}
    return {s.id: said.get(s.user.email, s.user.weight) for s in sellers}


def load(users: Iterable[User]) -> dict[int, int]:
    """How many people each has in hand, by user id."""
    mine = Person.objects.filter(owner__in=[u.pk for u in users], stage__in=IN_HAND)
    return dict(mine.order_by().values_list("owner").annotate(n=Count("id")))
