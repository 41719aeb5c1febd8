"""Book what events earn: into the ledger, onto the places where people stand, and into the log.

Says person.scored for each person and model that stands elsewhere now, and company.scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from reif.crm.change_places import NEXT, NOW
from reif.crm.set_score import Place, set_places
from reif.log.append import append
from reif.log.catalogue.qualification import PersonScored
from reif.log.event import Event
from reif.qualify.derived import is_news
from reif.qualify.models import Point
from reif.qualify.scoring.deeds import deeds
from reif.qualify.scoring.fit import corrections, tells_something, whom
from reif.qualify.scoring.in_force import Reckoning, live
from reif.qualify.scoring.ledger import enter
from reif.qualify.scoring.places import Before, Whom, places, stood
from reif.qualify.scoring.roll_up import JOINED, roll_up

Worth = Callable[[str, Before, Before], bool]
"""Whether a change is worth saying: of a model (empty: the main one), before, now."""
NOWHERE = Before()


class Touched(NamedTuple):
    """Who may stand elsewhere now: cause by person, and by person and model who is left out by what."""

    whom: set[Whom]
    cause: dict[int, int]
    left_out: dict[Whom, str]


def book(r: Reckoning, events: Sequence[Event[Any]], knowledge: frozenset[str], moment: datetime) -> None:
    """Everything that these events change in one build. Call it `alone`, inside `writing()`."""
    touched = earn(r, events, knowledge)
    joined = [e.person for e in events if e.kind == JOINED and e.person]
    stand(r, touched, moment, always, joined)


def earn(r: Reckoning, events: Sequence[Event[Any]], knowledge: frozenset[str]) -> Touched:
    """Enter and strike rows of the ledger; nobody's place is written yet."""
    kinds = frozenset().union(*(engine.kinds for engine in r.engines))
    done = list(deeds(events, kinds))
    rows = [row for engine in r.engines for row in engine.earned(done, r.number)]
    segments = frozenset().union(*(engine.segments for engine in r.engines))
    asked = frozenset().union(*(engine.asked for engine in r.engines))
    told = whom([e for e in events if e.kind in knowledge and is_news(e.kind, asked) and tells_something(e, segments)])
    change = corrections(r, {person: (e.id, e.at) for person, e in told.items()})
    if change.strike:
        Point.objects.filter(pk__in=[row.pk for row in change.strike]).delete()
    entered = enter(rows + change.rows)
    moved = {person for person, _model in change.left_out} | {row.person_id for row in change.strike}
    cause = {person: told[person].id for person in moved & told.keys()}
    for one in entered:  # the last that earned something: what is written comes back in any order
        cause[one.person] = max(cause.get(one.person, 0), one.event)
    struck = {(row.person_id, row.model) for row in change.strike}
    return Touched({(e.person, e.model) for e in entered} | struck | set(change.left_out), cause, change.left_out)


def stand(r: Reckoning, touched: Touched, moment: datetime, worth: Worth, joined: Iterable[int] = ()) -> list[Place]:
    """Write where these people stand at a moment, and say so where it is worth it; returns whom it moved."""
    if not touched.whom:
        return []
    people = {person for person, _model in touched.whom}
    before = stood(r, people)
    known = _so_far(r, people, before)
    known |= {w: known.get(w, NOWHERE)._replace(excluded=by) for w, by in touched.left_out.items()}
    made = [p for p in places(r, touched.whom, moment, known) if (p.person, p.model) in before or _is_somewhere(p)]
    set_places(made, r.number, r.main, NOW if r.counts else NEXT)
    moved = [p for p in made if now_at(p) != before.get((p.person, p.model), NOWHERE)]
    if r.counts:
        say(r, made, _last_told(r, people, before), touched.cause, worth)
        if r.telling:
            set_places([p for p in made if p.person > r.told], r.telling)
        main = [p.person for p in moved if p.model == r.main]
        roll_up(r.engines[0].model.company if r.engines else None, main, joined, touched.cause)
    return moved


def say(
    r: Reckoning, moved: Iterable[Place], before: Mapping[Whom, Before], cause: dict[int, int], worth: Worth
) -> None:
    """person.scored of those whose change is worth it."""
    for p in moved:
        old, new = before.get((p.person, p.model), NOWHERE), now_at(p)
        if old != new and worth("" if p.model == r.main else p.model, old, new):
            append(_scored(p, old, cause.get(p.person)))


def _last_told(r: Reckoning, people: set[int], before: Mapping[Whom, Before]) -> Mapping[Whom, Before]:
    """Where they stood when it was last told: while a switch is being told, under the scoring before it."""
    if not r.telling:
        return before
    known = {w: b for w, b in before.items() if w[0] <= r.told}
    return known | stood(r._replace(number=r.telling), {person for person in people if person > r.told})


def _so_far(r: Reckoning, people: set[int], before: Mapping[Whom, Before]) -> dict[Whom, Before]:
    """For who is left out, and for grades, which keep their margin also when everything is reckoned anew."""
    if r.counts:
        return dict(before)
    counts = {w: Before(grade=b.grade) for w, b in stood(live(), people).items()}
    return {**counts, **before}


def always(_model: str, _old: Before, _new: Before) -> bool:
    """Every change is worth saying: somebody did something."""
    return True


def now_at(p: Place) -> Before:
    return Before(p.score, p.fit, p.engagement, p.grade, p.excluded)


def _is_somewhere(p: Place) -> bool:
    return p != Place(p.person, p.model)


def _scored(p: Place, old: Before, cause: int | None) -> PersonScored:
    return PersonScored(
        person=p.person, topic=p.model, score=p.score, fit=p.fit, engagement=p.engagement, delta=p.score - old.score,
        grade=p.grade, was_grade=old.grade, excluded=p.excluded, cause=cause,
    )  # fmt: skip
