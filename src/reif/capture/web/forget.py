"""Forget the visits of erased people: what they looked at, from where and on which device.

Hears person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.models import Visit
from reif.log.catalogue.people import PersonErased
from reif.log.event import Event


def forget_visits(events: Sequence[Event[PersonErased]]) -> None:
    """The counts of the days stay; they have nobody in them."""
    visitors = [visitor for event in events for visitor in event.fact.visitors]
    Visit.objects.filter(visitor__in=visitors).delete()
