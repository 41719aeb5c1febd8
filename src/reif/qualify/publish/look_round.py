"""Look at everybody's stage, some hundred people at a time, after what stages ask for has changed for all at once.

Hears playbook.applied and scoring.rebuilt, and its own timer. Says what `promote` and `hold` say.

While scores are reckoned anew, the definitions of before hold, so nobody is moved by new ones on old scores.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.catalogue.qualification import ScoringRebuilt
from reif.log.clock import cancel, wake
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.playbook.current import forget
from reif.qualify.models import StageRound
from reif.qualify.stages.hold import hold_these
from reif.qualify.stages.promote import promote_these

TIMER = "qualify.round"
PIECE = 500
REBUILT = kind_of(ScoringRebuilt)


def begin(events: list[Event[Any]]) -> None:
    """When definitions changed, or all scores. A round on its way begins again, because of the later event."""
    changed = [e for e in events if e.kind == REBUILT or "stages" in e.fact.sections]
    if changed:
        forget()
        StageRound.objects.update_or_create(pk=1, defaults={"cause": changed[-1].id, "person": 0})
        wake(TIMER, at=now())


def go_on(_events: list[Event[Any]]) -> None:
    """Hears its timer: the next piece. Where it has come to is stored with what the piece wrote."""
    walk = StageRound.objects.select_for_update().first()
    if walk is None:
        cancel(TIMER)
        return
    people = list(Person.objects.filter(id__gt=walk.person).order_by("id").values_list("id", flat=True)[:PIECE])
    if people:
        whom = Q(id__gt=walk.person, id__lte=people[-1])
        promote_these(whom, walk.cause)
        hold_these(whom, walk.cause)
        walk.person = people[-1]
    if len(people) < PIECE:
        walk.delete()
    else:
        walk.save()
        wake(TIMER, at=now())
