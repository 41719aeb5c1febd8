"""Book points: into the ledger, onto the sums, and into the log.

Says person.scored, once for each person whose sums moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reif.crm.set_score import Sums, add_scores
from reif.log.append import append
from reif.log.catalogue.qualification import PersonScored
from reif.qualify.ledger import Entered, Row, enter
from reif.qualify.models import Axis, Point


class Change(NamedTuple):
    """What a verb wants booked. strike: rows to take back. cause: by person, where it is not what earned last."""

    rows: Sequence[Row] = ()
    strike: Sequence[Point] = ()
    cause: dict[int, int] = {}


def book(change: Change, say: bool = True) -> None:
    """Enter rows, strike rows, move the sums by the difference. Call it inside `writing()`."""
    rows, strike, cause = change
    if strike:
        Point.objects.filter(pk__in=[p.pk for p in strike]).delete()
    moved = enter(rows) + [Entered(p.person_id, p.axis, -p.points, p.event_id) for p in strike]
    more = _by_person(moved)
    sums = add_scores({person: sums for person, sums in more.items() if sums.fit or sums.engagement})
    if say:
        causes = {m.person: m.event for m in moved} | cause
        model = (rows or strike)[0].model if moved else ""
        append(*(_scored(model, person, new, more[person], causes[person]) for person, new in sums.items()))


def _by_person(moved: list[Entered]) -> dict[int, Sums]:
    fit: dict[int, int] = defaultdict(int)
    engagement: dict[int, int] = defaultdict(int)
    for entry in moved:
        axis = fit if entry.axis == Axis.FIT else engagement
        axis[entry.person] += entry.points
    return {
        person: Sums(fit[person], engagement[person]) for person in [*fit, *(p for p in engagement if p not in fit)]
    }


def _scored(model: str, person: int, new: Sums, change: Sums, cause: int) -> PersonScored:
    return PersonScored(
        person=person, topic=model, score=new.score, fit=new.fit, engagement=new.engagement, delta=change.score,
        cause=cause,
    )  # fmt: skip
