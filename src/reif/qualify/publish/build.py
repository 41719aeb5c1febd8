"""Reckon all history under new scoring models beside those in force, piece by piece, and switch when it is done.

Hears playbook.applied; the worker has it go on, a piece each time. The old scores count and are kept up meanwhile. Progress
is stored with the rows that it made: whoever dies in the middle goes on where the last piece ended. Says scoring.rebuilt, and
then, piece by piece, person.scored where somebody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from reif.crm.change_places import SomebodyReads
from reif.crm.models import Person
from reif.crm.set_score import prepare
from reif.kit.clock import now
from reif.log.append import writing
from reif.log.event import Event, event_of
from reif.log.fact import kind_of
from reif.log.models import Cursor
from reif.log.models import Event as Stored
from reif.log.take_turn import turn_if_free
from reif.log.waking import again_in, knock
from reif.playbook.current import forget
from reif.playbook.models import Revision
from reif.qualify.derived import DERIVED
from reif.qualify.models import Build, Point
from reif.qualify.publish.part import Span, reach
from reif.qualify.publish.piece import one_by_one, reckoned
from reif.qualify.publish.same_numbers import same_numbers
from reif.qualify.publish.switch import sweep, switch
from reif.qualify.publish.tell import tell
from reif.qualify.scoring.book import Touched, earn, stand
from reif.qualify.scoring.deeds import IDENTIFIED
from reif.qualify.scoring.fade import fade_due
from reif.qualify.scoring.fit import corrections
from reif.qualify.scoring.in_force import ON_ITS_WAY, Reckoning, alone, live, reckoning, scoring_of
from reif.qualify.scoring.ledger import enter
from reif.qualify.scoring.score import HISTORY, KNOWN, MEMBERSHIP, TOLD

CHANNEL = "qualify.build"
SCORER = "qualify.scoring.score.score"
PIECE, CROWD = 1000, 500
"""So many events or people in a transaction, for whoever else wants to write waits so long."""
SPAN = 50_000
"""So many people's history is read by columns at once."""
LARGE = 200_000
"""From so many events on, history is read by columns."""
NEAR = 200
"""So few events behind, and people whose points are due, it can be switched in one go."""
_TURN = 0x4255_494C  # "BUIL"
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
        leave()
        if same_numbers(scoring_of(revision, hash_), scoring_of(counts.revision, counts.hash)):
            Build.objects.filter(pk=counts.pk).update(revision=revision, hash=hash_)
            return
        begin_anew(revision, hash_, event.id)


def begin_anew(revision: int, hash_: str, cause: int = 0) -> Build:
    """Reckon a revision's scoring from the beginning. Call it `alone`, inside `writing()`."""
    leave()
    until = Stored.objects.aggregate(last=Max("id"))["last"] or 0
    knock()
    of, people = {"revision": revision, "hash": hash_, "until": until}, Person.objects.living().count()
    return Build.objects.create(**of, cause=cause, people=people, started_at=now())


def leave() -> None:
    """What is on its way is overtaken."""
    Build.objects.filter(state__in=ON_ITS_WAY).update(state=Build.State.GONE, person=0)


def go_on() -> bool:
    """A piece more: of who is told, of what is reckoned, or of what is swept away. True when there may be more.

    It has a thread of its own, since what is reckoned by columns takes seconds; nothing that it writes takes long.
    """
    states = set(Build.objects.exclude(state=Build.State.LIVE).values_list("state", flat=True))
    if not states:
        return False
    with turn_if_free(_TURN) as free:
        try:
            return free and _go_on(states)
        except SomebodyReads:
            again_in(1)
            return False


def _go_on(states: set[str]) -> bool:
    if Build.State.TELLING in states:
        with writing(), alone():
            return tell(CROWD, live())
    build = Build.objects.filter(state__in=ON_ITS_WAY).order_by("-id").first()
    if build is None:
        with writing():
            return sweep(CROWD)
    if build.until < LARGE:
        _one_more()
    elif build.state == Build.State.PEOPLE and (people := _next_people(build, SPAN)):
        _pour(reckoning(build), Span(build.person + 1, people[-1], build.until))
    elif build.state == Build.State.PEOPLE or reach(build.until):  # else the lake has come nearer
        _one_more()
    return True


def _pour(r: Reckoning, span: Span) -> None:
    """So many people, in parts; what is left of them when the build is overtaken is of no use to anybody."""
    with reckoned(r, span) as piece:
        for after, last in piece.parts(span.first - 1, span.last):
            part = piece.part(after, last)
            with writing(), alone():
                build = _locked()
                if build is None or (build.pk, build.person) != (r.number, after):
                    return
                piece.pour(after, last, part)
                _count(build, r, last)


def _one_more() -> None:
    """A piece of deeds, of people, or of what happened meanwhile; and then the switch."""
    with writing(), alone():
        build = _locked()
        if build is None:
            return
        r, large = reckoning(build), build.until >= LARGE
        if build.state == Build.State.DEEDS:
            _deeds(build, one_by_one(r) if large else r)
        elif people := _next_people(build, CROWD):
            _place(r, people)
            _count(build, r, people[-1])
        elif not fade_due(r, now(), None, NEAR) and _catch_up(build, r):
            switch(build, live().number)


def _locked() -> Build | None:
    return Build.objects.select_for_update().filter(state__in=ON_ITS_WAY).order_by("-id").first()


def _next_people(build: Build, most: int) -> list[int]:
    return list(Person.objects.filter(id__gt=build.person).order_by("id").values_list("id", flat=True)[:most])


def _count(build: Build, r: Reckoning, last: int) -> None:
    """Up to here everybody is reckoned."""
    build.reckoned += Person.objects.filter(id__gt=build.person, id__lte=last).count()
    build.changed += prepare(build.pk, r.main, build.person, last)
    build.person = last
    build.save()


def _deeds(build: Build, r: Reckoning) -> None:
    kinds = frozenset().union(*(engine.kinds for engine in r.engines))
    rows = _pending({*kinds, IDENTIFIED}, build.position, build.until) if kinds else []
    if rows:
        earn(r, [event_of(row) for row in rows], frozenset())
        build.position = rows[-1].id
    if len(rows) < PIECE:
        build.position, build.state = build.until, Build.State.PEOPLE
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
    rows = _pending(HEARD, build.position, until)
    if rows:
        stand(r, earn(r, [event_of(row) for row in rows], KNOWN), now(), lambda *_: False)
        build.position = rows[-1].id
    build.save()
    return len(rows) <= NEAR


def _pending(kinds: Iterable[str], after: int, until: int) -> list[Stored]:
    return list(Stored.objects.filter(kind__in=kinds, id__gt=after, id__lte=until).order_by("id")[:PIECE])
