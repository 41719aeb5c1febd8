"""Companies' scores, from those of their people in the main model.

Says company.scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from reif.crm.models import Person
from reif.crm.set_score import set_company_scores
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.people import CompanyJoined
from reif.log.catalogue.qualification import CompanyScored
from reif.log.fact import kind_of
from reif.log.models import Event as Stored
from reif.qualify.ways import RollUp

JOINED = kind_of(CompanyJoined)


def roll_up(how: RollUp | None, people: Iterable[int], joined: Iterable[int], cause: dict[int, int]) -> None:
    """Reckon the companies of these people; of those who joined one, the ones they were in before too."""
    if how is None:
        return
    because = dict(Person.objects.filter(among("id", people), company__isnull=False).values_list("company", "id"))
    joined = list(joined)
    if joined:
        earlier = Stored.objects.filter(among("person_id", joined), kind=JOINED, company_id__isnull=False)
        because |= dict(earlier.values_list("company_id", "person_id"))
    if because:
        before = set_company_scores(scores := _scores(how, because))
        append(*(_said(c, scores[c], old, cause.get(because[c] or 0)) for c, old in before.items()))


def _said(company: int, score: int, old: int, cause: int | None) -> CompanyScored:
    return CompanyScored(company=company, score=score, delta=score - old, cause=cause)


def best(how: RollUp, companies: Iterable[int]) -> dict[int, list[int]]:
    """By company, the scores that its own is made of, the highest first; nothing of one without people. One query."""
    rank = Window(RowNumber(), partition_by=[F("company")], order_by=[F("score").desc(), F("id").desc()])
    people = Person.objects.living().filter(among("company", companies)).annotate(rank=rank).filter(rank__lte=how.of)
    found: dict[int, list[int]] = defaultdict(list)
    for company, score in people.order_by("rank").values_list("company_id", "score"):
        found[company or 0].append(score)
    return found


def _scores(how: RollUp, companies: Iterable[int]) -> dict[int, int]:
    found = best(how, companies)
    return {company: _taken(how, found.get(company, [])) for company in companies}


def _taken(how: RollUp, scores: list[int]) -> int:
    if not scores:
        return 0
    match how.take:
        case "max":
            return max(scores)
        case "average":
            return (2 * sum(scores) + len(scores)) // (2 * len(scores))
    return sum(scores)
