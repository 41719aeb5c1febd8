"""The same answer as a condition in SQL, for lists and rules: who may be written to by mail.

It knows permissions and countries. That an address is dead, or was objected to under another name, is known by hash
alone; `may` and the gate ask that too, at the last moment.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from itertools import combinations
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from reif.crm.law.house import house
from reif.crm.law.stricter import concerned, rule_for
from reif.crm.law.table import ADDRESSEES, COUNTRIES, Demand, Rule, written
from reif.crm.models import Consent

Case = tuple[str, str]  # country ("" for all others) and addressee


def permitted(purpose: str = "marketing") -> Q:
    """For `Person.objects.filter(...)`: those who may get mails for this purpose."""
    ours = house()
    cases: dict[tuple[Rule, tuple[str, ...]], list[Case]] = defaultdict(list)
    for country in (*COUNTRIES, ""):
        for to in ADDRESSEES:
            rule = rule_for(country, "email", to, ours)
            cases[rule, concerned(country, ours.seat)].append((country, to))
    everywhere = len(COUNTRIES) * len(ADDRESSEES) + len(ADDRESSEES)
    parts = [
        _allows(purpose, rule, laws) & (Q() if len(group) == everywhere else _is_any(group))
        for (rule, laws), group in cases.items()
    ]
    return reduce(or_, parts) & Q(email__isnull=False, erased_at=None)


def fitting(conditions: list[str], on_ecg: bool) -> str:
    """In which countries these conditions are enough, as `Consent.fits` keeps it."""
    met = set(conditions)
    fits = [c for c in COUNTRIES if (soft := written(c, "email", "consumer").soft) is not None and soft <= met]
    return ",".join(c for c in fits if not (on_ecg and written(c, "email", "consumer").ecg))


def _allows(purpose: str, rule: Rule, laws: tuple[str, ...]) -> Q:
    if rule.demand is Demand.NEVER:
        return Q(pk__in=[])
    mine = Consent.objects.filter(person=OuterRef("pk"), purpose=purpose, channel="email")
    good = ~Q(basis="soft_opt_in") & (Q(double=True) if rule.demand is Demand.DOUBLE else Q())
    if rule.soft is not None:
        good |= Q(basis="soft_opt_in", fits__in=_all_with(laws))
    found = Q(Exists(_in_force(mine).filter(good)))
    if rule.demand <= Demand.PRESUMED:
        quiet = ~Exists(mine.filter(withdrawn_at__isnull=False))
        found |= Q(quiet) & (~Q(basis="") if rule.demand is Demand.PRESUMED else Q())
    return found


def _in_force(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    return consents.filter(given_at__isnull=False, withdrawn_at=None, address=OuterRef("email"))


def _all_with(laws: tuple[str, ...]) -> list[str]:
    """Every value of `fits` that has all of these countries."""
    sizes = range(len(laws), len(COUNTRIES) + 1)
    return [",".join(some) for n in sizes for some in combinations(COUNTRIES, n) if set(laws) <= set(some)]


def _is_any(cases: list[Case]) -> Q:
    by_country: dict[str, list[str]] = defaultdict(list)
    for country, to in cases:
        by_country[country].append(to)
    return reduce(or_, (_from(c) & _addressees(tos) for c, tos in by_country.items()))


def _from(country: str) -> Q:
    if country:
        return Q(country=country) | Q(country="", company__country=country)
    own, firms = ~Q(country__in=("", *COUNTRIES)), Q(company=None) | ~Q(company__country__in=COUNTRIES)
    return own | (Q(country="") & firms)


def _addressees(tos: list[str]) -> Q:
    return Q() if len(tos) == len(ADDRESSEES) else Q(company__isnull=tos == ["consumer"])
