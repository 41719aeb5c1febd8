"""The people behind a number of the tree: exactly those who were counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict

from reif.crm.models import SOURCES, TURNS, Person, StageSpell
from reif.rules.within import EVERYBODY, Within
from reif.staff.period import Period, period_of

RUNGS = {
    "lead": ("lead", "mql", "sal", "sql", "opportunity", "customer", "evangelist"),
    "mql": ("mql", "sal", "sql", "opportunity", "customer", "evangelist"),
    "sql": ("sql", "opportunity", "customer", "evangelist"),
    "customer": ("customer", "evangelist"),
}
"""Who has reached a stage: whoever entered it or one above it, ever."""


@dataclass(frozen=True)
class Cohort:
    """turn: by which touch. period: None is ever. where: source, detail_1, detail_2 as far as they are asked for.

    campaigns: names, in small letters. reached: a stage of RUNGS, or empty. within: of a segment alone.
    """

    turn: str
    period: Period | None
    where: dict[str, str]
    campaigns: tuple[str, ...] = ()
    reached: str = ""
    within: Within = EVERYBODY

    @classmethod
    def of(cls, query: QueryDict) -> Cohort:
        """What cannot be read is not asked for."""
        turn = query.get("touch", "")
        where = {name: str(query[name]) for name in ("source", "detail_1", "detail_2") if name in query}
        if where.get("source") not in SOURCES:
            where = {}
        dated = any(name in query for name in ("days", "from", "to"))
        campaigns = tuple(name.lower()[:200] for name in query.getlist("campaign") if name)
        reached = query.get("reached", "")
        return cls(
            turn if turn in TURNS else "lead", period_of(query) if dated else None, where, campaigns,
            reached if reached in RUNGS else "", Within.of(query),
        )  # fmt: skip

    def people(self) -> QuerySet[Person]:
        """With `touched_at`, and the touch itself joined."""
        path = f"origin__{self.turn}"
        asked: dict[str, Any] = {f"{path}__{name}": value for name, value in self.where.items()}
        if self.period:
            asked |= {f"{path}__at__gte": self.period.since, f"{path}__at__lt": self.period.until}
        if self.campaigns:
            asked[f"{path}__campaign__in"] = self.campaigns
        people: QuerySet[Person] = Person.objects.living().filter(
            self.within.people(), **asked, **{f"{path}__isnull": False}
        )
        if self.reached:
            spells = StageSpell.objects.filter(person=OuterRef("pk"), stage__in=RUNGS[self.reached])
            people = people.filter(Exists(spells))
        return people.annotate(touched_at=F(f"{path}__at")).select_related("company", "owner", path)


def address(turn: str, period: Period, key: tuple[str, ...], reached: str = "", within: Within = EVERYBODY) -> str:
    """Of the list behind a number."""
    names = ("source", "detail_1", "detail_2")
    asked = [("touch", turn), ("from", period.first.isoformat()), ("to", period.last.isoformat())]
    asked += list(zip(names, key, strict=False)) + ([("reached", reached)] if reached else [])
    asked += list(within.asked.items())
    return f"/sources/people?{urlencode(asked)}"
