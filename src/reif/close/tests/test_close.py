"""Deals on the board, their end, activities, and who may do what."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from reif.close.agenda import agenda
from reif.close.board import board
from reif.crm.activities import plan
from reif.crm.change_deal import change_deal
from reif.crm.deals import lose, open_deal, win
from reif.crm.models import Activity, Deal, Person
from reif.crm.money import NotAnAmount, cents_of, say
from reif.crm.tests.people import a_company, a_deal, a_person, a_team, a_user
from reif.kit.clock import now
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
HX = {"headers": {"HX-Request": "true"}}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12'500", 1250000), ("12’500.50", 1250050), ("CHF 12'500.-", 1250000), ("12.500,5", 1250050),
        ("12,500.05", 1250005), ("1.000", 100000), ("99.9", 9990), ("€ 7 000", 700000), ("0", 0),
        ("1.234.567", 123456700),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, cents):
    assert cents_of(text) == cents


@pytest.mark.parametrize("text", ["viel", "-5", "1.2.3", "12.345.6789", ""])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NotAnAmount):
        cents_of(text)


def test_amounts_follow_the_language():
    with override("de"):
        assert say(1250000, "CHF") == "CHF\xa012’500"
        assert say(1250050, "EUR") == "EUR\xa012’500.50"
    with override("en"):
        assert say(1250000, "CHF") == "CHF\xa012,500"


def test_the_board_sums_by_currency_and_weighs_by_stage(django_assert_num_queries):
    vera = a_user(team=a_team())
    a_deal(owner=vera, cents=1_000_000, stage="appointment")
    a_deal(owner=vera, cents=500_000, stage="appointment", currency="EUR")
    late = a_deal(owner=vera, cents=2_000_000, stage="contract")
    a_deal(owner=vera, cents=9_000_000, stage="contract", won_at=now())
    plan("call", "Anruf", person=None, deal=late, owner=vera.pk, by=None, due_at=now() - timedelta(hours=1))
    with django_assert_num_queries(1):
        found = board(vera)
    assert found.count == 3
    assert found.sums == {"CHF": 3_000_000, "EUR": 500_000}
    assert found.forecast == {"CHF": 2_000_000, "EUR": 100_000}
    assert found.columns[-1].next["overdue"] == 1
    assert found.columns[0].next["none"] == 2


def test_people_follow_their_deals_up_the_ladder():
    person = a_person(stage="sql", stage_at=now())
    deal = open_deal(person=person, name="Vertrag", cents=100, owner=None)
    settle()
    assert Person.objects.get(id=person.id).stage == "opportunity"
    win(deal)
    settle()
    assert Person.objects.get(id=person.id).stage == "customer"
    staged = Event.objects.filter(kind="person.staged").last()
    assert Event.objects.get(id=staged.cause_id).kind == "deal.won"


def test_another_teams_deals_are_not_there(client):
    vera, anna = a_user(team=a_team()), a_user(team=a_team())
    foreign = a_deal(owner=anna, name="Geheim")
    client.force_login(vera)
    assert "Geheim" not in client.get("/deals?scope=all").content.decode()
    for path in ("", "/stage", "/closure"):
        assert client.post(f"/deals/{foreign.pk}{path}", {"stage": "contract"}).status_code == 404
    assert client.get(f"/deals/{foreign.pk}").status_code == 404


def test_those_who_only_read_change_nothing(client):
    deal = a_deal()
    client.force_login(a_user("analyst"))
    assert client.get("/deals").status_code == 200
    assert client.get(f"/deals/{deal.pk}").status_code == 200
    for path in ("/deals", f"/deals/{deal.pk}/stage", f"/deals/{deal.pk}/closure", "/activities"):
        assert client.post(path).status_code == 403


def test_a_deal_lands_between_its_new_neighbours(client):
    vera = a_user()
    first, second = (a_deal(owner=vera, stage="contract", position=n) for n in (10, 20))
    moved = a_deal(owner=vera, stage="appointment", position=5)
    client.force_login(vera)
    answer = client.post(
        f"/deals/{moved.pk}/stage?scope=mine&from=appointment", {"stage": "contract", "position": "1"}, **HX
    )
    assert answer.status_code == 204
    order = list(Deal.objects.filter(stage="contract").order_by("position").values_list("id", flat=True))
    assert order == [first.pk, moved.pk, second.pk]
    client.post(f"/deals/{moved.pk}/stage?scope=mine", {"stage": "contract", "position": "0"}, **HX)
    client.post(f"/deals/{first.pk}/stage?scope=mine", {"stage": "contract", "position": "2"}, **HX)
    order = list(Deal.objects.filter(stage="contract").order_by("position").values_list("id", flat=True))
    assert order == [moved.pk, second.pk, first.pk]


def test_the_last_one_who_moves_wins_and_reads_about_the_other(client):
    vera = a_user()
    deal = a_deal(owner=vera, stage="decision", name="Alpenhof")
    client.force_login(vera)
    answer = client.post(f"/deals/{deal.pk}/stage?from=appointment", {"stage": "contract"}, **HX)
    toast = json.loads(answer["HX-Trigger"])["toast"]["text"]
    assert "inzwischen in «Entscheid»" in toast
    assert Deal.objects.get().stage == "contract"


def test_a_closed_deal_does_not_move(client):
    vera = a_user()
    deal = a_deal(owner=vera)
    win(deal)
    client.force_login(vera)
    answer = client.post(f"/deals/{deal.pk}/stage", {"stage": "contract", "position": "0"}, **HX)
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert "inzwischen gewonnen" in answer.content.decode()
    assert client.post(f"/deals/{deal.pk}/stage", {"stage": "nowhere"}, **HX).status_code == 400


def test_lost_needs_a_reason_and_can_be_opened_again(client):
    vera = a_user()
    deal = a_deal(owner=vera)
    client.force_login(vera)
    assert client.get(f"/deals/{deal.pk}/closure?outcome=lost", **HX).status_code == 200
    assert client.post(f"/deals/{deal.pk}/closure", {"outcome": "lost"}, **HX).status_code == 422
    assert client.post(f"/deals/{deal.pk}/closure", {"outcome": "lost", "reason": "price"}, **HX).status_code == 204
    deal.refresh_from_db()
    assert (deal.closed_reason, deal.lost_at is not None) == ("price", True)
    assert "Zu teuer" in client.get(f"/deals/{deal.pk}").content.decode()
    assert client.delete(f"/deals/{deal.pk}/closure", **HX).status_code == 204
    assert Deal.objects.open().count() == 1
    assert client.post(f"/deals/{deal.pk}/closure", {"outcome": "won"}).status_code == 302
    assert Deal.objects.get().won_at


def test_a_new_deal_belongs_to_a_person_one_may_see(client):
    vera = a_user(team=a_team())
    mine = a_person(
        first_name="Petra", last_name="Muster", email="petra@firma.ch", owner=vera, company=a_company(name="Firma AG")
    )
    a_person(first_name="Petronella", email="p@andere.ch", owner=a_user(team=a_team()))
    client.force_login(vera)
    found = client.get("/deals/people?person=petr", **HX).content.decode()
    assert "petra@firma.ch" in found
    assert "andere" not in found
    assert "Firma AG" in client.get(f"/deals/new?person={mine.pk}", **HX).content.decode()
    given = {
        "person": "Petra Muster <petra@firma.ch>",
        "name": "Lizenzen",
        "amount": "12'500",
        "currency": "CHF",
        "stage": "qualified",
    }
    assert client.post("/deals", given | {"amount": "viel"}, **HX).status_code == 422
    assert client.post("/deals", given | {"person": "p@andere.ch"}, **HX).status_code == 422
    assert client.post("/deals", given, **HX).status_code == 204
    deal = Deal.objects.get()
    assert (deal.cents, deal.owner_id, deal.company_id, deal.stage) == (1250000, vera.pk, mine.company_id, "qualified")


def test_fields_of_a_deal_change_and_the_log_keeps_only_names(client):
    vera = a_user()
    deal = a_deal(owner=vera, cents=100, name="Alt")
    client.force_login(vera)
    given = {"name": "Neu", "amount": "200", "currency": "EUR", "expected_on": "2027-01-31"}
    assert client.post(f"/deals/{deal.pk}", given | {"amount": "x"}, **HX).status_code == 422
    assert client.post(f"/deals/{deal.pk}", given, **HX).status_code == 204
    assert Event.objects.get(kind="deal.changed").body == {"fields": ["name", "cents", "currency", "expected_on"]}
    deal.refresh_from_db()
    assert change_deal(deal, None, name="Neu") == []


def test_activities_are_planned_finished_and_cancelled_once(client):
    vera = a_user(team=a_team())
    person = a_person(first_name="Petra", owner=vera)
    client.force_login(vera)
    given = {"kind": "demo", "day": "2027-01-11", "at": "10:00", "minutes": "45", "person": person.pk}
    assert client.get(f"/activities/new?kind=demo&person={person.pk}", **HX).status_code == 200
    assert client.post("/activities", given | {"day": ""}, **HX).status_code == 422
    assert client.post("/activities", given | {"person": ""}, **HX).status_code == 422
    assert client.post("/activities", given, **HX).status_code == 204
    demo = Activity.objects.get()
    assert demo.subject.startswith("Demo mit Petra")
    assert demo.due_at == datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
    assert client.post(f"/activities/{demo.pk}/completion", **HX).status_code == 204
    assert client.post(f"/activities/{demo.pk}/completion", **HX).status_code == 409
    client.post("/activities", given, **HX)
    again = Activity.objects.latest("id")
    assert client.delete(f"/activities/{again.pk}", **HX).status_code == 204
    client.force_login(a_user(team=a_team()))
    assert client.post(f"/activities/{again.pk}/completion", **HX).status_code == 404
    foreign = client.post("/activities", given, **HX)
    assert foreign.status_code == 422


def test_the_agenda_groups_by_when(django_assert_num_queries):
    vera = a_user()
    for hours in (-3, 24 * 30):
        plan("call", f"in {hours}", person=None, owner=vera.pk, by=None, due_at=now() + timedelta(hours=hours))
    with django_assert_num_queries(1):
        spans = agenda(vera)
    assert [(s.key, len(s.activities)) for s in spans] == [("overdue", 1), ("later", 1)]


def test_pages_keep_their_query_budget(client, django_assert_max_num_queries):
    vera = a_user(team=a_team())
    deals = [a_deal(owner=vera, person=a_person(owner=vera), company=a_company()) for _ in range(30)]
    lose(deals[-1], vera.pk, "price")
    client.force_login(vera)
    with django_assert_max_num_queries(12):
        assert client.get("/deals").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(f"/deals/{deals[0].pk}").status_code == 200
