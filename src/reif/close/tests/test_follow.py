"""Where people go when their deals end."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from reif.close.section import Deals, Lost
from reif.crm.deals import lose, open_deal, reopen, win
from reif.crm.models import Deal, Person, StageSpell
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.check import check
from reif.playbook.draft import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _losses_go_back() -> None:
    apply(Draft.of(deals=Deals(lost=Lost(to="lead", by_reason={"timing": "mql"}))))


def an_opportunity(**fields: object) -> tuple[Person, Deal]:
    owner = a_user()
    person = a_person(stage="sql", stage_at=now(), owner=owner, **fields)
    deal = open_deal(person=person, name="Vertrag", cents=100, owner=owner.pk)
    settle()
    return person, deal


def stage_of(person: Person) -> str:
    return Person.objects.get(id=person.id).stage


@pytest.mark.parametrize(("reason", "stage"), [("price", "lead"), ("timing", "mql")])
def test_a_lost_deal_sends_its_person_back_with_the_reason(reason, stage):
    person, deal = an_opportunity()
    lose(deal, person.owner_id, reason)
    settle()
    assert stage_of(person) == stage
    assert Person.objects.get(id=person.id).owner_id == person.owner_id
    spell = StageSpell.objects.get(person=person, left_at=None)
    assert (spell.recycled, spell.reason, spell.came_from) == (True, reason, "opportunity")
    staged = Event.objects.filter(kind="person.staged").last()
    assert Event.objects.get(id=staged.cause_id).kind == "deal.lost"


def test_another_open_deal_keeps_somebody_an_opportunity():
    person, deal = an_opportunity()
    open_deal(person=person, name="Noch einer", cents=100, owner=None)
    lose(deal, None, "price")
    settle()
    assert stage_of(person) == "opportunity"


def test_a_customer_who_does_not_buy_more_stays_a_customer():
    person, deal = an_opportunity()
    win(deal)
    settle()
    more = open_deal(person=person, name="Ausbau", cents=100, owner=None)
    lose(more, None, "price")
    settle()
    assert stage_of(person) == "customer"


def test_a_deal_that_is_opened_again_brings_its_person_back():
    person, deal = an_opportunity()
    lose(deal, None, "price")
    settle()
    reopen(deal)
    settle()
    assert stage_of(person) == "opportunity"


def test_without_the_file_nobody_moves():
    apply(Draft.of(deals=Deals()))
    person, deal = an_opportunity()
    lose(deal, None, "price")
    settle()
    assert stage_of(person) == "opportunity"


def test_a_reason_that_does_not_exist_is_refused():
    with override("en"):
        problems = check(Draft.of(deals=Deals(lost=Lost(by_reason={"weather": "mql"}))))
    assert [p.sentence for p in problems] == ["No deal is lost for the reason “weather”."]
