"""Go through everybody for one segment after the other, a piece of people at a time, and let in and out who has to be.

Hears its own timer. Members stay where they are until their piece comes; progress is stored with the piece that made it,
so whoever dies in the middle goes on where the last one ended. Says segment.entered and segment.left.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from django.db.models import F, QuerySet, Sum

from reif.crm.models import Member, Person
from reif.kit.clock import now
from reif.log.among import among
from reif.log.clock import wake
from reif.log.event import Event
from reif.qualify.models import Sorting, Tally
from reif.qualify.segments.ahead import Ahead, Piece
from reif.qualify.segments.answers import Answers, NotYet, answers, apart
from reif.qualify.segments.in_force import Moving, known, moving
from reif.qualify.segments.membership import alone, let_in, let_out
from reif.rules.sql import where

TIMER = "qualify.sorting"
PIECE = 50_000
"""So many people at a time; the worker does other things in between."""
WORTH = 1_000
"""A piece of fewer people is not asked ahead."""
State = Sorting.State
ON_ITS_WAY = (State.WAITING, State.GOING)


def begin(segment: str, digest: str, place: int, cause: int | None) -> None:
    """Ask for it, from the first person on; one that was going on starts anew."""
    said = {"digest": digest, "place": place, "cause": cause, "state": State.WAITING, "asked_at": now()}
    Sorting.objects.update_or_create(
        segment=segment, defaults=said | {"person": 0, "people": 0, "gone": 0, "entered": 0, "left": 0}
    )
    wake(TIMER, at=now())


def go_on(_events: list[Event[Any]]) -> None:
    """Hears its timer: one piece more of the segment whose turn it is."""
    with alone():
        one = Sorting.objects.select_for_update().filter(state__in=ON_ITS_WAY).order_by("place", "id").first()
        if one is not None:
            _piece(one)
            wake(TIMER, at=now())


def stop(segment: str) -> bool:
    """Leave it as far as it has come; False when nothing was going on."""
    return bool(Sorting.objects.filter(segment=segment, state__in=ON_ITS_WAY).update(state=State.STOPPED))


def _piece(one: Sorting) -> None:
    segment = next((s for s in moving() if s.key == one.segment), None)
    if segment is None and one.segment in known():
        one.state = State.DONE  # it is a fixed one by now: whoever is in it stays
        one.save()
        return
    if one.state == State.WAITING:
        one.state, one.people = State.GOING, Person.objects.count()
    try:
        asked = answers((one.pk, one.cause), segment) if segment else None
    except NotYet:
        one.save()
        return
    until, fit = _next(one, segment, asked)
    _move(one, fit, asked, until)
    if until is None:
        one.state, one.done_at = State.DONE, now()
        _count_again(one.segment)
    else:
        one.person, one.gone = until, one.gone + PIECE
    one.save()


_ahead: list[Ahead] = []


def _next(one: Sorting, segment: Moving | None, asked: Answers | None) -> Piece:
    """The next piece, which may have been asked ahead; and the one after it is asked ahead from now on."""
    found, key = None, (one.pk, one.cause, one.person, id(asked))
    if segment and asked and _ahead and (ahead := _ahead.pop()).key == key and (told := ahead.piece(segment)):
        (last, fit), since = told
        found, asked.later = (last, _living(fit)), asked.later | since
    until, fit = found or _piece_after(one.person, segment, asked)
    if segment and asked and until is not None and PIECE >= WORTH and not segment.asks:
        _ahead[:] = [Ahead((one.pk, one.cause, until, id(asked)), partial(_piece_after, until, segment, asked))]
    return until, fit


def _living(people: Any) -> Any:
    """Those who are still there; most often all, so they are counted first."""
    there = Person.objects.living().filter(among("id", people.tolist()))
    return people if there.count() == len(people) else np.intersect1d(people, _ids(there, "id"))


def _piece_after(person: int, segment: Moving | None, asked: Answers | None) -> Piece:
    until = _end(person)
    return until, _fitting(segment, asked, person, until) if segment else np.array([], dtype=np.int64)


def _end(after: int) -> int | None:
    """The last person of the piece; None when it is the last piece."""
    ids = Person.objects.filter(id__gt=after).order_by("id").values_list("id", flat=True)
    return next(iter(ids[PIECE - 1 : PIECE]), None)


def _move(one: Sorting, fit: Any, asked: Answers | None, until: int | None) -> None:
    """The difference between who is in it and who should be, of one piece."""
    inside = _ids(_between(Member.objects.filter(segment=one.segment), "person_id", one.person, until), "person_id")
    entered, left = np.setdiff1d(fit, inside), np.setdiff1d(inside, fit)
    if asked is not None and asked.later:
        others = np.fromiter(asked.later, dtype=np.int64)
        entered, left = np.setdiff1d(entered, others, True), np.setdiff1d(left, others, True)
    let_in(one.segment, entered.tolist(), one.cause)
    let_out(one.segment, left.tolist(), one.cause)
    one.entered, one.left = one.entered + len(entered), one.left + len(left)


def _fitting(segment: Moving, asked: Answers | None, after: int, until: int | None) -> Any:
    """Who belongs into it. The answers say first for whom the records have to be asked at all, where they can."""
    living = _between(Person.objects.living(), "id", after, until)
    if asked is None:
        return _ids(living.filter(where(segment.when, now())), "id")
    rest, deeds = apart(segment.when)
    living = living.filter(where(rest, asked.at, asked.did(after, until)))
    some = asked.whom(deeds, after, until)
    if some is not None:
        return np.sort(_ids(living.filter(among("id", some.tolist())), "id"))
    return asked.keep(deeds, np.sort(_ids(living, "id")))


def _between(rows: QuerySet[Any], column: str, after: int, until: int | None) -> QuerySet[Any]:
    some = rows.filter(**{f"{column}__gt": after})
    return some if until is None else some.filter(**{f"{column}__lte": until})


def _ids(rows: QuerySet[Any], column: str) -> Any:
    return np.fromiter(rows.order_by().values_list(column, flat=True).iterator(chunk_size=PIECE), dtype=np.int64)


def _count_again(segment: str) -> None:
    """What the days add up to is who is in it, also after people were removed from the records."""
    sums = Tally.objects.filter(segment=segment).aggregate(entered=Sum("entered"), left=Sum("left"))
    over = (sums["entered"] or 0) - (sums["left"] or 0) - Member.objects.filter(segment=segment).count()
    if over:
        last = Tally.objects.filter(segment=segment).order_by("-day").values("pk")[:1]
        Tally.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(left=F("left") + over)
