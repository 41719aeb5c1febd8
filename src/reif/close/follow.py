"""People follow their deals up the ladder.

Hears deal.opened, deal.won. Says person.staged (opportunity, customer).
"""

from __future__ import annotations

from reif.crm.models import Stage
from reif.crm.move_stage import Move, move_stage
from reif.log.catalogue.deals import DealOpened, DealWon
from reif.log.event import Event


def begin(events: list[Event[DealOpened]]) -> None:
    """Somebody with an open deal is an opportunity."""
    move_stage(_moves(events, Stage.OPPORTUNITY, "deal"))


def welcome(events: list[Event[DealWon]]) -> None:
    """Somebody who bought is a customer."""
    move_stage(_moves(events, Stage.CUSTOMER, "won"))


def _moves(events: list[Event[DealOpened]] | list[Event[DealWon]], stage: str, reason: str) -> list[Move]:
    return [
        Move(e.person, stage, reason=reason, cause=e.id, actor=e.actor, at=e.at) for e in events if e.person is not None
    ]
