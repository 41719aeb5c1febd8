"""Give points for what people do and for who they are.

Hears every kind of behaviour, visitor.identified, which brings a visitor's whole past, and everything by which more
becomes known about somebody, the segments included that a profile asks for. Says person.scored and company.scored.
"""

from __future__ import annotations

from typing import Any

from reif.kit.clock import now
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.catalogue.people import (
    CompanyChanged,
    CompanyJoined,
    ConsentGiven,
    ConsentWithdrawn,
    PersonChanged,
    PersonCreated,
    PersonErased,
    VisitorIdentified,
)
from reif.log.catalogue.routing import PersonAssigned, PersonUnassigned
from reif.log.event import Event
from reif.log.fact import Fact, kind_of
from reif.qualify.derived import KINDS as DERIVED_KINDS
from reif.qualify.scoring.behaviour import BEHAVIOUR
from reif.qualify.scoring.book import book
from reif.qualify.scoring.fade import wait
from reif.qualify.scoring.in_force import alone, live

KNOWLEDGE: tuple[type[Fact], ...] = (
    PersonCreated, PersonChanged, PersonImported, PersonErased, CompanyJoined, CompanyChanged, ConsentGiven,
    ConsentWithdrawn, PersonAssigned, PersonUnassigned,
)  # fmt: skip
MEMBERSHIP: tuple[type[Fact], ...] = (SegmentEntered, SegmentLeft)
HISTORY: tuple[type[Fact], ...] = tuple(dict.fromkeys((*KNOWLEDGE, VisitorIdentified, *BEHAVIOUR)))
TOLD = frozenset(kind_of(k) for k in (*KNOWLEDGE, *MEMBERSHIP))
"""By which people themselves, or staff, make something known."""
KNOWN = TOLD | DERIVED_KINDS


def score(events: list[Event[Any]]) -> None:
    """Each event earns once by each rule; machines earn nothing, and nobody earns until it is known who it was."""
    with alone():
        r = live()
        if r.engines:
            book(r, events, KNOWN, now())
            wait(r)
