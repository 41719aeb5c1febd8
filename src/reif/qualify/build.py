"""Reckon all history under new scoring models beside those in force, piece by piece, and switch when it is done.

Hears playbook.applied, and its own timer, a piece each time. The old scores count and are kept up meanwhile. Progress is
stored with the rows that it made: whoever dies in the middle goes on where the last piece ended. Says scoring.rebuilt, and
then, piece by piece, person.scored where somebody waits for it.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import Max

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.clock import cancel, wake
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Cursor
from reif.log.models import Event as Stored
from reif.playbook.current import forget
from reif.playbook.models import Revision
from reif.qualify.book import Touched, earn, stand
from reif.qualify.deeds import IDENTIFIED
from reif.qualify.derived import DERIVED
from reif.qualify.fit import corrections
from reif.qualify.in_force import ON_ITS_WAY, Reckoning, alone, live, reckoning, scoring_of
from reif.qualify.ledger import enter
from reif.qualify.models import Build, Point
from reif.qualify.publish.part import Span, reach
from reif.qualify.publish.piece import one_by_one, reckon
from reif.qualify.score import HISTORY, KNOWN, MEMBERSHIP, TOLD
from reif.qualify.switch import sweep, switch
from reif.qualify.tell import tell
from reif.qualify.ways import Scoring

TIMER = "qualify.build"
SCORER = "qualify.score.score"
PIECE, CROWD = 20_000, 10_000
"""So many events or people at a time; the worker does other things in between."""
LARGE = 200_000
"""From so many events on, history is read by columns."""
NEAR = 5000
"""So few events behind, it can be switched in one go."""
KINDS = [kind_of(k) for k in HISTORY]
HEARD = [kind_of(k) for k in (*HISTORY, *MEMBERSHIP, *DERIVED)]


def begin(events: list[Event[Any]]) -> None:
    """Hears playbook.applied. A scoring that gives other numbers is reckoned; what was on its way is left."""
    applied = [e for e in events if "scoring" in e.fact.sections]
    if not applied:
        return
    forget()
    with alone():
        event = applied[-1]
        revision, hash_ = event.fact.revision, Revision.objects.get(id=event.fact.revision).hash
        counts = Build.objects.get(pk=live().number)
        Build.objects.filter(state__in=ON_ITS_WAY).update(state=Build.State.GONE)
        if _numbers(scoring_of(revision, hash_)) == _numbers(scoring_of(counts.revision, counts.hash)):
            Build.objects.filter(pk=counts.pk).update(revision=revision, hash=hash_)
            return
        begin_anew(revision, hash_, event.id)


def begin_anew(revision: int, hash_: str, cause: int = 0) -> Build:
    """Reckon a revision's scoring from the beginning. Call it `alone`, inside `writing()`."""
    Build.objects.filter(state__in=ON_ITS_WAY).update(state=Build.State.GONE)
    until = Stored.objects.aggregate(last=Max("id"))["last"] or 0
    build = Build.objects.create(revision=revision, hash=hash_, until=until, cause=cause, started_at=now())
    wake(TIMER, at=now())
    return build


def go_on(_events: list[Event[Any]]) -> None:
    """Hears its timer: one piece more, or the switch, or some of what an earlier build left behind."""
    with alone():
        build = Build.objects.select_for_update().filter(state__in=ON_ITS_WAY).order_by("-id").first()
        if tell(CROWD, live()):
            pass
        elif build is not None:
            _piece(build)
        elif not sweep(PIECE):
            cancel(TIMER)
            return
        wake(TIMER, at=now())


def _piece(build: Build) -> None:
    r, large = reckoning(build, shown=build.pk), build.until >= LARGE
    if build.state == Build.State.DEEDS and large and not reach(build.until):
        return  # the lake is not there yet; it has come nearer
    if build.state == Build.State.DEEDS:
        _deeds(build, one_by_one(r) if large else r)
    else:
        _people(build, r, large)


def _deeds(build: Build, r: Reckoning) -> None:
    kinds = frozenset().union(*(engine.kinds for engine in r.engines))
    rows = list(
        Stored.objects.filter(kind__in={*kinds, IDENTIFIED}, id__gt=build.position, id__lte=build.until).order_by("id")[
            :PIECE
        ]
        if kinds
        else ()
    )
    if rows:
        earn(r, [event_of(row) for row in rows], frozenset())
        build.position = rows[-1].id
    if len(rows) < PIECE:
        build.position, build.state = build.until, Build.State.PEOPLE
    build.save()


def _people(build: Build, r: Reckoning, large: bool) -> None:
    """Profiles and places, by columns the ledger too; then what happened meanwhile; then the switch."""
    people = list(Person.objects.filter(id__gt=build.person).order_by("id").values_list("id", flat=True)[:CROWD])
    if people:
        if large:
            reckon(r, Span(people[0], people[-1], build.until))
        else:
            _place(r, people)
        build.person = people[-1]
    if len(people) < CROWD and _catch_up(build, r):
        switch(build, r, live())
        return
    build.save()


def _place(r: Reckoning, people: list[int]) -> None:
    """The profile's points because of the last that became known of each, and where all of them stand."""
    told = Stored.objects.filter(person_id__in=people, kind__in=TOLD).order_by("id")
    because = {person or 0: (id_, at) for person, id_, at in told.values_list("person_id", "id", "at")}
    change = corrections(r, because)
    Point.objects.filter(pk__in=[row.pk for row in change.strike]).delete()
    enter(change.rows)
    scored = Point.objects.filter(build=r.number, person__in=people).values_list("person_id", "model").distinct()
    stand(r, Touched(set(scored) | set(change.left_out), {}, change.left_out), now(), lambda *_: False)


def _catch_up(build: Build, r: Reckoning) -> bool:
    """What was scored since the beginning, a piece at a time; True when nothing is left."""
    until = Cursor.objects.filter(name=SCORER).values_list("position", flat=True).first() or 0
    rows = list(Stored.objects.filter(kind__in=HEARD, id__gt=build.position, id__lte=until).order_by("id")[:PIECE])
    if rows:
        stand(r, earn(r, [event_of(row) for row in rows], KNOWN), now(), lambda *_: False)
        build.position = rows[-1].id
    return len(rows) <= NEAR


def _numbers(scoring: Scoring) -> Any:
    """What decides about points; names do not."""
    return _without_words(msgspec.to_builtins(scoring))


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_words(inner) for key, inner in part.items() if key != "words"}
    return [_without_words(inner) for inner in part] if isinstance(part, list | tuple) else part
