"""Find people, companies and deals by the beginnings of their words."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from reif.crm.models import Company, Deal, Person
from reif.kit.fold import fold
from reif.rules.found import matching_people
from reif.staff.models import User


def find_people(text: str, user: User, limit: int) -> QuerySet[Person]:
    people = Person.objects.living().visible_to(user).select_related("company")
    found: QuerySet[Person] = people.filter(matching_people(text)).order_by("-score", "-id")[:limit]
    return found


def find_companies(text: str, user: User, limit: int) -> list[Company]:
    wanted = fold(text)
    companies = Company.objects.visible_to(user)
    return list(companies.filter(Q(name_fold__prefix=wanted) | Q(domain__startswith=wanted)).order_by("name")[:limit])


def find_deals(text: str, user: User, limit: int) -> list[Deal]:
    people = Q(person__last_name_fold__prefix=fold(text))
    named = Deal.objects.visible_to(user).filter(people | Q(name__istartswith=text.strip()))
    return list(named.order_by("-opened_at")[:limit])
