"""People follow their deals up the ladder, and back to marketing when the last one is lost.

Hears deal.opened, deal.reopened, deal.won, deal.lost. Says person.staged (opportunity, customer, or a recycle).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reif.close.section import Deals
from reif.crm.models import Deal, Person, Stage
from reif.crm.move_stage import Move, move_stage
from reif.log.catalogue.deals import DealLost, DealOpened, DealReopened, DealWon
from reif.log.event import Event
from reif.playbook.current import current, revision

BEFORE_A_DEAL = (Stage.SQL, Stage.SAL, Stage.OPPORTUNITY)


def begin(events: list[Event[DealOpened]] | list[Event[DealReopened]]) -> None:
    """Somebody with an open deal is an opportunity."""
    move_stage(_moves(events, Stage.OPPORTUNITY, "deal"))


def welcome(events: list[Event[DealWon]]) -> None:
    """Somebody who bought is a customer."""
    move_stage(_moves(events, Stage.CUSTOMER, "won"))


def send_back(events: list[Event[DealLost]]) -> None:
    """Who has no open deal left goes where deals.toml says, with the reason. Customers stay, and so do owners."""
    book: Deals = current("deals")
    if book.lost is None:
        return
    lost = {e.person: e for e in events if e.person is not None}
    working = Deal.objects.open().filter(person__in=lost).values("person")
    people = Person.objects.living().filter(id__in=lost, stage__in=BEFORE_A_DEAL).exclude(id__in=working)
    move_stage(_move(lost[pk], book.lost.stage(lost[pk].topic)) for pk in people.values_list("id", flat=True))


def _moves(events: Iterable[Event[Any]], stage: str, reason: str) -> list[Move]:
    return [
        Move(e.person, stage, reason=reason, cause=e.id, actor=e.actor, at=e.at) for e in events if e.person is not None
    ]


def _move(event: Event[DealLost], stage: str) -> Move:
    reason = event.topic or "lost"
    return Move(
        event.person or 0, stage, reason=reason, rule="deals.lost", revision=revision(), cause=event.id,
        actor=event.actor, at=event.at, back=True,
    )  # fmt: skip
