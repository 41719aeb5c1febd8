"""Who would enter and leave, with names, a page at a time."""

from __future__ import annotations

from typing import NamedTuple

from django.http import QueryDict

from reif.crm.models import Person
from reif.qualify.backtest.record import Trial
from reif.staff.models import User

SHOWN = 20
LISTS = ("mql-entering", "mql-leaving", "sql-entering", "sql-leaving")


class Listed(NamedTuple):
    """A page of one of the four lists. all: how many; more: the number of the next page."""

    name: str
    stage: str
    people: list[Person]
    all: int
    page: int
    more: int | None


def listed(trial: Trial, asked: QueryDict, user: User) -> Listed:
    """What cannot be read is the first page of the first list. One query."""
    name, number = str(asked.get("list", "")), str(asked.get("page", ""))
    name = name if name in LISTS else LISTS[0]
    page = max(int(number), 1) if number.isdecimal() and len(number) < 4 else 1
    comparison = trial.comparison
    stage, _dash, way = name.partition("-")
    if comparison is None:
        return Listed(name, stage, [], 0, 1, None)
    change = comparison.change(stage)
    ids: tuple[int, ...] = getattr(change, way)
    mine = ids[(page - 1) * SHOWN : page * SHOWN]
    known = Person.objects.living().visible_to(user).select_related("company").in_bulk(mine)
    count = change.enter if way == "entering" else change.leave
    more = page + 1 if page * SHOWN < len(ids) else None
    return Listed(name, stage, [known[i] for i in mine if i in known], count, page, more)
