"""The board by owner and by next step, and what it says when not everything fits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.close import board as boards
from reif.close.asked import Asked
from reif.close.board import board
from reif.crm.activities import plan
from reif.crm.models import Deal
from reif.crm.tests.people import a_deal, a_team, a_user
from reif.kit.clock import now

pytestmark = pytest.mark.django_db


def names(user, **said: str) -> list[str]:
    found = board(user, Asked.of(user, said))
    return [deal.name for column in found.columns for deal in column.deals]


def a_step(deal: Deal, hours: int) -> None:
    plan("call", "Anruf", person=None, deal=deal, owner=deal.owner_id, by=None, due_at=now() + timedelta(hours=hours))


def test_deals_by_owner_and_by_what_comes_next():
    vera, luca, manager = a_user(), a_user(), a_user("manager")
    late, soon, _still = (a_deal(owner=vera, name=name) for name in ("late", "soon", "still"))
    a_deal(owner=luca, name="other")
    a_step(late, -1)
    a_step(soon, 1)
    assert set(names(manager)) == {"late", "soon", "still", "other"}
    assert names(manager, owner=str(luca.pk)) == ["other"]
    assert set(names(manager, next="none")) == {"still", "other"}
    assert names(manager, next="overdue", owner=str(vera.pk)) == ["late"]
    assert set(names(manager, next="nonsense", owner="x")) == {"late", "soon", "still", "other"}


def test_a_seller_asks_for_nobody_elses_deals_outside_the_team():
    vera, luca = a_user(team=a_team()), a_user(team=a_team())
    a_deal(owner=luca, name="foreign")
    assert names(vera, scope="all", owner=str(luca.pk)) == []


def test_the_board_says_how_many_do_not_fit(monkeypatch, client):
    monkeypatch.setattr(boards, "MOST", 3)
    manager = a_user("manager", language="en")
    for n in range(5):
        a_deal(owner=manager, name=f"deal {n}")
    found = board(manager)
    assert (found.count, found.left_out) == (3, 2)
    client.force_login(manager)
    assert "2 more do not fit" in client.get("/deals").content.decode()


def test_a_card_dropped_on_a_filtered_board_lands_between_those_that_were_seen(client):
    vera, luca, manager = a_user(), a_user(), a_user("manager")
    first, last = (a_deal(owner=vera, stage="contract", position=n) for n in (10, 40))
    a_deal(owner=luca, stage="contract", position=20)
    moved = a_deal(owner=vera, stage="appointment", position=5)
    client.force_login(manager)
    to = {"stage": "contract", "position": "1"}
    client.post(f"/deals/{moved.pk}/stage?scope=all&owner={vera.pk}", to, headers={"HX-Request": "true"})
    order = list(Deal.objects.filter(stage="contract", owner=vera).order_by("position").values_list("id", flat=True))
    assert order == [first.pk, moved.pk, last.pk]
