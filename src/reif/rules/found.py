"""The people of the list as its address asks for them: a search, a stage and conditions; the same for a page and for a verb."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet
from django.http import QueryDict

from reif.crm.models import Person
from reif.kit.clock import now
from reif.kit.fold import fold
from reif.rules.parse import parse
from reif.rules.sql import where
from reif.staff.models import User

WORDS, LONGEST = 5, 80


def found_people(query: QueryDict, user: User) -> QuerySet[Person]:
    """Those whom this user finds with it. Raises BadPredicate."""
    people = Person.objects.living().visible_to(user).filter(where(parse(query), now()))
    found: QuerySet[Person] = people.filter(searched(query))
    return found


def searched(query: QueryDict) -> Q:
    """What is asked besides conditions: a stage, and words."""
    asked = Q(stage=query["stage"]) if query.get("stage") else Q()
    text = query.get("q", "").strip()[:LONGEST]
    return asked & matching_people(text) if text else asked


def matching_people(text: str) -> Q:
    """Every word begins a first name, last name, company or the address."""
    words = fold(text).split()[:WORDS]
    return reduce(and_, (_begins(word) for word in words), Q())


def _begins(word: str) -> Q:
    by_name = Q(last_name_fold__prefix=word) | Q(first_name_fold__prefix=word) | Q(company_name_fold__prefix=word)
    return by_name | Q(email__startswith=word)
