"""What can happen to a deal: opened, moved, won, lost, reopened.

Says deal.opened, deal.moved, deal.won, deal.lost, deal.reopened.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from reif.crm.ids import Ids
from reif.crm.models import Deal, DealStage, Person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealLost, DealMoved, DealOpened, DealReopened, DealWon


class DealClosed(ValueError):
    """The deal was won or lost meanwhile."""


def open_deal(*, person: Person, name: str, cents: int, owner: int | None, by: int | None = None,
              currency: str = "CHF", expected_on: date | None = None, stage: str = DealStage.APPOINTMENT,
              cause: int | None = None, at: datetime | None = None) -> Deal:  # fmt: skip
    """A new deal at the top of its column."""
    moment = at or now()
    with writing():
        deal = Deal.objects.create(
            name=name[:200], person=person, company_id=person.company_id, owner_id=owner, stage=stage,
            stage_at=moment, cents=cents, currency=currency, expected_on=expected_on, opened_at=moment,
            position=_end_of(stage),
        )  # fmt: skip
        append(
            DealOpened(
                person=person.id,
                company=person.company_id,
                deal=deal.id,
                topic=stage,
                actor=by,
                cause=cause,
                at=moment,
            )
        )
    return deal


def move_deal(deal: Deal, stage: str, by: int | None = None, position: float | None = None,
              at: datetime | None = None) -> None:  # fmt: skip
    """To a stage, or to another place in the same one. Raises DealClosed, ValueError for an unknown stage."""
    stage, moment = DealStage(stage).value, at or now()
    with writing():
        row = _open(deal)
        before = row.stage
        row.position = _end_of(stage) if position is None else position
        if before != stage:
            row.stage, row.stage_at = stage, moment
            append(DealMoved(**_ids(row), topic=stage, came_from=before, actor=by, at=moment))
        row.save()
    deal.refresh_from_db()


def win(deal: Deal, by: int | None = None, reason: str = "", at: datetime | None = None) -> None:
    """The contract is signed. Raises DealClosed."""
    moment = at or now()
    with writing():
        row = _open(deal)
        row.won_at, row.closed_reason = moment, reason[:64]
        row.save()
        append(DealWon(**_ids(row), topic=reason, cents=row.cents, actor=by, at=moment))
    deal.refresh_from_db()


def lose(deal: Deal, by: int | None, reason: str, note: str = "", at: datetime | None = None) -> None:
    """They did not buy, for a reason. Raises DealClosed."""
    moment = at or now()
    with writing():
        row = _open(deal)
        row.lost_at, row.closed_reason, row.closed_note = moment, reason[:64], note
        row.save()
        append(DealLost(**_ids(row), topic=reason, cents=row.cents, text=note, actor=by, at=moment))
    deal.refresh_from_db()


def reopen(deal: Deal, by: int | None = None, at: datetime | None = None) -> None:
    """Back on the board, in the stage it had."""
    with writing():
        row = Deal.objects.select_for_update().get(id=deal.id)
        if row.won_at or row.lost_at:
            row.won_at = row.lost_at = None
            row.closed_reason = row.closed_note = ""
            row.save()
            append(DealReopened(**_ids(row), topic=row.stage, actor=by, at=at))
    deal.refresh_from_db()


def _open(deal: Deal) -> Deal:
    row: Deal = Deal.objects.select_for_update().get(id=deal.id)
    if row.won_at or row.lost_at:
        raise DealClosed(row.name)
    return row


def _ids(deal: Deal) -> Ids:
    return {"person": deal.person_id, "company": deal.company_id, "deal": deal.id}


def _end_of(stage: str) -> float:
    last = Deal.objects.open().filter(stage=stage).aggregate(last=Max("position"))["last"]
    return float(last or 0) + 1024
