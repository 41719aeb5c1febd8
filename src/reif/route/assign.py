"""Give ripe people to sellers who can call them.

Hears person.qualified (sql). Says person.assigned, or person.unassigned with a reason.
"""

from __future__ import annotations

from reif.crm.models import Stage
from reif.log.catalogue.qualification import PersonQualified
from reif.log.event import Event
from reif.route.offer import Ask, offer


def assign(events: list[Event[PersonQualified]]) -> None:
    """One offer for each person who is ripe now; who has an open offer keeps it."""
    offer(Ask(e.person, e.id) for e in events if e.topic == Stage.SQL and e.person)
