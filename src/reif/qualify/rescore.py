"""Score everybody again from the log, because the scoring changed.

Hears playbook.applied. Says person.scored for those whose sums are different now.
"""

from __future__ import annotations

import time
from typing import Any

from reif.crm.models import Person
from reif.crm.set_score import Sums, reset_scores
from reif.log.append import append
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.people import (
    CompanyChanged,
    CompanyJoined,
    PersonChanged,
    PersonCreated,
    PersonErased,
    VisitorIdentified,
)
from reif.log.catalogue.qualification import PersonScored
from reif.log.event import Event, event_of
from reif.log.fact import Fact, kind_of
from reif.log.models import Cursor
from reif.log.models import Event as Stored
from reif.playbook.current import FRESH, current, forget
from reif.qualify.behaviour import BEHAVIOUR
from reif.qualify.book import book
from reif.qualify.fit import corrections
from reif.qualify.models import Point
from reif.qualify.score import earnings

BATCH = 5000
SCORER = "qualify.score.score"
KNOWLEDGE: tuple[type[Fact], ...] = (
    PersonCreated, PersonChanged, PersonImported, PersonErased, CompanyJoined, CompanyChanged,
)  # fmt: skip
HISTORY: tuple[type[Fact], ...] = (*KNOWLEDGE, VisitorIdentified, *BEHAVIOUR)
_KNOWLEDGE = frozenset(kind_of(k) for k in KNOWLEDGE)


def rescore(events: list[Event[Any]]) -> None:
    """Empty the ledger and replay the log under the scoring in force; others see the old scores until it is done."""
    applied = [e for e in events if "scoring" in e.fact.sections]
    if not applied:
        return
    heard = _hold_others()
    before = _sums()
    empty_ledger()
    _replay_all(heard)
    _say(before, _sums(), applied[-1].id)


def empty_ledger() -> None:
    """No points, no sums."""
    Point.objects.all().delete()
    reset_scores()


def replay(events: list[Event[Any]]) -> None:
    """What these events earned, in one go; the rows are those that came about one event at a time."""
    book(corrections([e for e in events if e.kind in _KNOWLEDGE]), say=False)
    book(earnings([e for e in events if e.kind not in _KNOWLEDGE]), say=False)


def _hold_others() -> int:
    """No batch of points runs beside this one, and none that comes after it still believes in the old scoring.

    Returns how far points have been given: what comes after that is given by whoever hears it next.
    """
    held = Cursor.objects.select_for_update().filter(name__in=(SCORER, "qualify.fit.refit"))
    heard = dict(held.values_list("name", "position"))
    time.sleep(FRESH)
    forget()
    return heard.get(SCORER, 0)


def _replay_all(until: int) -> None:
    last = 0
    wanted = Stored.objects.filter(kind__in=[kind_of(k) for k in HISTORY], id__lte=until).order_by("id")
    while rows := list(wanted.filter(id__gt=last)[:BATCH]):
        replay([event_of(row) for row in rows])
        last = rows[-1].id


def _sums() -> dict[int, Sums]:
    scored = Person.objects.exclude(fit=0, engagement=0).values_list("id", "fit", "engagement")
    return {person: Sums(fit, engagement) for person, fit, engagement in scored.iterator(chunk_size=5000)}


def _say(before: dict[int, Sums], after: dict[int, Sums], cause: int) -> None:
    model, none = current("scoring").main.key, Sums()
    for person in before.keys() | after.keys():
        old, new = before.get(person, none), after.get(person, none)
        if old != new:
            append(
                PersonScored(
                    person=person, topic=model, score=new.score, fit=new.fit, engagement=new.engagement,
                    delta=new.score - old.score, cause=cause,
                )
            )  # fmt: skip
