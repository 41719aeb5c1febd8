"""Put everybody whom a list of people finds into a fixed segment, or take them out of it.

Few are moved at once; many a piece at a time in the background, with progress that is stored with the piece that made it.
Hears its own timer. Says segment.entered and segment.left.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import QueryDict

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.clock import wake
from reif.log.event import Event
from reif.qualify.models import Filling
from reif.qualify.segments.fixed import enter, fixed_keys, leave
from reif.qualify.segments.membership import alone
from reif.rules.decode import BadPredicate
from reif.rules.found import found_people
from reif.staff.models import Role, User

TIMER = "qualify.filling"
AT_ONCE, PIECE = 2_000, 10_000
SELLING = frozenset({Role.ADMIN, Role.MARKETING, Role.MANAGER, Role.SELLER})
State = Filling.State
ON_ITS_WAY = (State.WAITING, State.GOING)


def fill(segment: str, query: str, by: User, put: bool = True) -> Filling:
    """query: the part of the list's address behind the question mark. Who is made known later is not meant.

    Over when it returns, where there are few. Raises BadPredicate.
    """
    people = found_people(QueryDict(query), by)
    last = Person.objects.aggregate(last=Max("id"))["last"] or 0
    with writing():
        one = Filling.objects.create(
            segment=segment, query=query, by=by, put=put, last=last, people=people.order_by().count(), asked_at=now()
        )
        if one.people <= AT_ONCE:
            with alone():
                _piece(one)
        else:
            wake(TIMER, at=now())
    return one


def go_on(_events: list[Event[Any]]) -> None:
    """Hears its timer: one piece more of the oldest that is on its way."""
    with alone():
        one = Filling.objects.select_for_update().filter(state__in=ON_ITS_WAY).order_by("id").first()
        if one is not None:
            _piece(one)
            wake(TIMER, at=now())


def stop_filling(segment: str) -> bool:
    """Whoever was moved stays moved; False when nothing was going on."""
    going = Filling.objects.filter(segment=segment, state__in=ON_ITS_WAY)
    return bool(going.update(state=State.STOPPED, done_at=now()))


def _piece(one: Filling) -> None:
    """As the rights of whoever asked for it are now."""
    ids = _next(one)
    if ids is None:
        one.state, one.done_at = State.STOPPED, now()
    else:
        move = enter if one.put else leave
        one.moved += move(one.segment, ids, None, one.by_id)
        one.gone += len(ids)
        one.person = ids[-1] if ids else one.last
        one.state = State.GOING if len(ids) == PIECE else State.DONE
        one.done_at = None if one.state == State.GOING else now()
    one.save()


def _next(one: Filling) -> list[int] | None:
    """The next of those who are meant; None when it may not or cannot go on."""
    by = one.by
    if by is None or not by.is_active or by.role not in SELLING or one.segment not in fixed_keys():
        return None
    try:
        people = found_people(QueryDict(one.query), by)
    except BadPredicate:
        return None
    rest = people.filter(pk__gt=one.person, pk__lte=one.last).order_by("pk")
    return list(rest.values_list("pk", flat=True)[:PIECE])
