"""A person asked to be forgotten: nobody is reminded of them any more.

Hears person.erased.
"""

from __future__ import annotations

from reif.log.catalogue.people import PersonErased
from reif.log.clock import cancel
from reif.log.event import Event
from reif.route.give import BREACH, REMIND, RETRY
from reif.route.models import Assignment, Waiting
from reif.route.reject import RETURN


def forget(events: list[Event[PersonErased]]) -> None:
    """Open offers lapse, notes go, timers go, nobody waits."""
    people = [e.person for e in events if e.person]
    rows = Assignment.objects.filter(person__in=people)
    ids = list(rows.values_list("id", flat=True))
    rows.offered().update(state=Assignment.State.LAPSED)
    rows.update(reject_note="")
    Waiting.objects.filter(person__in=people).delete()
    for name in (BREACH, REMIND, RETURN):
        cancel(name, *ids)
    cancel(RETRY, *people)
