"""Accept, send back, remind, escalate, re-route, come back, give by hand, forget."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from reif.crm.activities import plan
from reif.crm.deals import open_deal
from reif.crm.models import Person, StageSpell
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person, a_team, a_user
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.qualification import PersonQualified
from reif.log.models import Effect, Event, Timer
from reif.log.worker import settle
from reif.playbook.current import forget
from reif.route.accept import Answered, accept
from reif.route.hand import hand
from reif.route.models import Assignment, Waiting
from reif.route.reasons import Fit, Reason
from reif.route.reject import Refusal, reject
from reif.route.section import Sla
from reif.route.tests.ways import routing, rule

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday_morning():
    forget()
    with travel(MONDAY):
        yield
    forget()


def offered(**fields: object) -> Assignment:
    """Somebody ripe who was offered just now, to the only seller of a team unless there are others."""
    person = a_person(**fields)
    move_stage([Move(person.id, "sql")])
    with writing():
        append(PersonQualified(person=person.id, topic="sql"))
    settle()
    return Assignment.objects.select_related("person", "owner").get(person=person, state="offered")


def test_accepting_in_time_keeps_the_promise():
    vera = a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    assignment = offered()
    with travel(timedelta(minutes=20)):
        accept(assignment, by=vera)
        settle()
    accepted = Event.objects.get(kind="assignment.accepted")
    assert 1200 <= accepted.body["seconds"] < 1260
    assert Event.objects.get(kind="sla.met").topic == "sql"
    assert not Timer.objects.filter(name__in=["route.sla", "route.remind"]).exists()
    settle(MONDAY + timedelta(days=2))
    assert not Event.objects.filter(kind="sla.breached").exists()


def test_of_two_who_accept_one_wins_and_the_other_reads_who():
    team = a_team("sued")
    vera, luca = a_user(team=team, first_name="Vera"), a_user(team=team, first_name="Luca")
    routing(rule("all", "sued"))
    assignment = offered()
    accept(assignment, by=luca)
    with pytest.raises(Answered, match="Luca"):
        accept(Assignment.objects.get(), by=vera)
    assert Person.objects.get(id=assignment.person_id).owner_id == luca.pk
    assert Event.objects.filter(kind="assignment.accepted").count() == 1


def test_working_on_somebody_is_accepting_them():
    vera = a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    assignment = offered()
    plan("call", "Anruf", person=assignment.person, owner=vera.pk, by=vera.pk, due_at=now() + timedelta(hours=1))
    settle()
    assert Assignment.objects.get().state == "accepted"


def test_a_colleague_who_opens_a_deal_takes_the_person():
    team = a_team("sued")
    vera = a_user(team=team)
    routing(rule("all", "sued"))
    assignment = offered()
    luca = a_user(team=a_team("nord"))
    plan("call", "Anruf", person=assignment.person, owner=luca.pk, by=luca.pk, due_at=now() + timedelta(hours=1))
    settle()
    assert Assignment.objects.get().state == "offered", "a call by a colleague is no answer"
    open_deal(person=assignment.person, name="Vertrag", cents=100, owner=luca.pk, by=luca.pk)
    settle()
    taken = Assignment.objects.get()
    assert (assignment.owner_id, taken.state, taken.owner_id) == (vera.pk, "accepted", luca.pk)
    assert Person.objects.get(id=assignment.person_id).owner_id == luca.pk
    assert not Timer.objects.filter(name__in=["route.sla", "route.remind"]).exists()


def test_a_rejection_recycles_with_the_reason_and_rests():
    vera = a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    assignment = offered()
    reject(assignment, Refusal(Reason.NO_FIT, Fit.SIZE, "zu klein"), by=vera)
    person = Person.objects.get(id=assignment.person_id)
    assert (person.owner_id, person.stage) == (None, "other")
    spell = StageSpell.objects.get(person=person, left_at=None)
    assert (spell.recycled, spell.reason, spell.came_from) == (True, "no_fit", "sql")
    fact = Event.objects.get(kind="assignment.rejected")
    assert (fact.topic, fact.words.body) == ("no_fit", "zu klein")
    with writing():
        append(PersonQualified(person=person.id, topic="sql"))
    settle()
    assert not Assignment.objects.offered().exists()
    assert Waiting.objects.get().reason == "resting"


def test_wrong_moment_comes_back_to_the_same_seller_on_the_day():
    team = a_team("sued")
    vera = a_user(team=team)
    routing(rule("all", "sued"))
    assignment = offered()
    reject(assignment, Refusal(Reason.BAD_TIMING, until=date(2027, 1, 11)), by=vera)
    assert Person.objects.get(id=assignment.person_id).stage == "mql"
    a_user(team=team)
    settle(datetime(2027, 1, 11, 6, 0, tzinfo=UTC))
    again = Assignment.objects.offered().get()
    assert again.owner_id == vera.pk
    assert again.reason["en"].startswith("The agreed date has come.")
    assert Person.objects.get(id=assignment.person_id).stage == "sql"


def test_a_silent_seller_is_reminded_and_then_the_manager_hears_of_it():
    vera, manager = a_user(team=a_team("sued")), a_user("manager")
    routing(rule("all", "sued"))
    assignment = offered()
    settle(MONDAY + timedelta(minutes=31))
    assert Effect.objects.filter(key=f"sla-reminder:{assignment.pk}").exists()
    assert Event.objects.filter(kind="sla.warned").count() == 1
    settle(MONDAY + timedelta(minutes=61))
    breached = Event.objects.get(kind="sla.breached")
    assert (breached.topic, breached.body["owner"]) == ("sql", vera.pk)
    assert Effect.objects.filter(key=f"sla-breach:{assignment.pk}:{manager.pk}").exists()
    assert Assignment.objects.get().state == "offered"


def test_the_promise_counts_working_hours():
    a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    with travel(datetime(2026, 11, 20, 15, 30, tzinfo=UTC)):  # Friday, half an hour before the weekend
        due = offered().due_at
    assert due.replace(second=0, microsecond=0) == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def test_a_broken_promise_goes_to_the_next_seller_until_all_were_asked():
    team = a_team("sued")
    sellers = {a_user(team=team).pk for _ in range(2)}
    routing(rule("all", "sued"), sla=Sla(key="sql", minutes=30, reroute=True, rounds=5))
    first = offered()
    settle(MONDAY + timedelta(minutes=31))
    second = Assignment.objects.offered().get()
    assert {first.owner_id, second.owner_id} == sellers
    assert (second.round, Assignment.objects.get(pk=first.pk).state) == (2, "lapsed")
    assert second.reason["en"].startswith("Was not answered in time.")
    assert "had_it" in {c["why"] for c in second.candidates}
    settle(MONDAY + timedelta(minutes=90))
    assert Assignment.objects.offered().get().pk == second.pk, "nobody is left, so the last one keeps it"
    assert Assignment.objects.get(pk=second.pk).breached_at
    assert not Waiting.objects.exists()


def test_the_manager_gives_by_hand_in_place_of_an_open_offer():
    team = a_team("sued")
    vera, manager = a_user(team=team), a_user("manager", first_name="Miriam")
    routing(rule("all", "sued"))
    first = offered()
    luca = a_user(team=team)
    given = hand(first.person, luca, by=manager)
    settle()
    assert (given.owner_id, given.rule, given.due_at is not None) == (luca.pk, "hand", True)
    assert "Miriam" in given.reason["de"]
    assert Assignment.objects.get(pk=first.pk).state == "lapsed"
    assert Person.objects.get(id=first.person_id).owner_id == luca.pk
    assert Effect.objects.filter(key=f"handover:{given.pk}").exists()
    with pytest.raises(Answered):
        accept(Assignment.objects.get(pk=first.pk), by=vera)


def test_who_is_forgotten_is_offered_to_nobody():
    a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    assignment = offered()
    with writing():
        append(PersonErased(person=assignment.person_id))
    settle()
    assert Assignment.objects.get().state == "lapsed"
    assert not Timer.objects.filter(name__startswith="route.").exists()


def test_the_database_refuses_two_open_offers_for_one_person():
    a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    assignment = offered()
    copy = Assignment.objects.get()
    copy.pk = None
    with pytest.raises(Exception, match=r"UNIQUE|unique"), transaction.atomic():
        copy.save(force_insert=True)
    assert Assignment.objects.filter(person=assignment.person_id).count() == 1
