"""Try again for those whom nobody could take.

Hears timer.fired (route.retry) and playbook.applied. Says what offer says.
"""

from __future__ import annotations

from reif.log.catalogue.playbook import PlaybookApplied
from reif.log.catalogue.timers import TimerFired
from reif.log.event import Event
from reif.route.models import Waiting
from reif.route.offer import Ask, offer


def try_again(events: list[Event[TimerFired]]) -> None:
    """Their time came: somebody may be back, or have room."""
    waiting = Waiting.objects.filter(person__in=[e.fact.about for e in events])
    offer(Ask(w.person_id, w.event_id) for w in waiting.order_by("since", "id"))


def try_all(_events: list[Event[PlaybookApplied]]) -> None:
    """Other rules may know somebody; those who rest by agreement go on resting."""
    waiting = Waiting.objects.filter(rest_until=None)
    offer(Ask(w.person_id, w.event_id) for w in waiting.order_by("since", "id"))
