"""From ripe to a seller: first rule that fits, owner first, fair turns, room, hours, and a reason for each."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from reif.crm.models import Person
from reif.crm.tests.people import a_company, a_person, a_team, a_user
from reif.kit.clock import travel
from reif.log.append import append, writing
from reif.log.catalogue.qualification import PersonQualified
from reif.log.models import Effect, Event, Timer
from reif.log.worker import settle
from reif.playbook.current import forget
from reif.route.models import Assignment, Turn, Waiting
from reif.route.section import Fallback
from reif.route.tests.ways import routing, rule
from reif.staff.models import Absence

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday_morning():
    forget()
    with travel(MONDAY):
        yield
    forget()


def ripe(*people: Person) -> None:
    """They are ripe, and the worker has done all it can."""
    Person.objects.filter(id__in=[p.id for p in people]).update(stage="sql", stage_at=MONDAY)
    with writing():
        append(*(PersonQualified(person=p.id, topic="sql") for p in people))
    settle()


def owner_of(person: Person) -> int | None:
    return Person.objects.get(id=person.id).owner_id


def test_the_first_rule_that_fits_decides_and_says_why():
    south, north = a_team("sued"), a_team("nord")
    vera, anna = a_user(team=south, first_name="Vera"), a_user(team=north, first_name="Anna")
    routing(
        rule("ch", "sued", "company.country", "CH"),
        rule("de", "nord", "company.country", "DE"),
        fallback=Fallback(team="sued", sla="sql"),
    )
    swiss = a_person(company=a_company(country="CH"))
    german = a_person(company=a_company(country="DE"))
    french = a_person(company=a_company(country="FR"))
    ripe(swiss, german, french)
    assert [owner_of(p) for p in (swiss, german, french)] == [vera.pk, anna.pk, vera.pk]
    rules = dict(Assignment.objects.values_list("person_id", "rule"))
    assert rules == {swiss.id: "ch", german.id: "de", french.id: "fallback"}
    given = Assignment.objects.get(person=german)
    assert given.reason["de"].startswith("Die Regel «de» passt.")
    assert "Anna" in given.reason["en"]
    assert given.due_at == MONDAY.replace(
        hour=9, minute=0, microsecond=given.due_at.microsecond, second=given.due_at.second
    )
    fact = Event.objects.get(kind="person.assigned", person_id=german.id)
    assert fact.body["owner"] == anna.pk
    assert Event.objects.get(id=fact.cause_id).kind == "person.qualified"


def test_a_mail_with_the_brief_waits_in_the_outbox_and_timers_are_set():
    a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    person = a_person(first_name="Petra", last_name="Muster")
    ripe(person)
    given = Assignment.objects.get()
    letter = Effect.objects.get(key=f"handover:{given.pk}")
    assert letter.body["variables"]["person"] == "Petra Muster"
    assert letter.body["variables"]["link"].endswith(f"/inbox?open={given.pk}")
    assert set(Timer.objects.values_list("name", flat=True)) == {"route.sla", "route.remind"}


def test_nobody_gets_a_second_offer_while_one_is_open():
    a_user(team=a_team("sued"))
    routing(rule("all", "sued"))
    person = a_person()
    ripe(person)
    ripe(person)
    assert Assignment.objects.count() == 1


def test_who_looks_after_the_account_gets_its_people():
    team = a_team("sued")
    vera, luca = a_user(team=team), a_user(team=team)
    other = a_user(team=a_team("nord"))
    routing(rule("all", "nord"))
    known = a_person(owner=vera)
    of_company = a_person(company=a_company(owner=luca))
    firm = a_company()
    a_person(company=firm, owner=vera)
    colleague = a_person(company=firm)
    stranger = a_person()
    ripe(known, of_company, colleague, stranger)
    assert [owner_of(p) for p in (known, of_company, colleague, stranger)] == [vera.pk, luca.pk, vera.pk, other.pk]
    assert set(Assignment.objects.values_list("rule", flat=True)) == {
        "owner.person", "owner.company", "owner.colleague", "all",
    }  # fmt: skip


def test_an_absent_owner_does_not_keep_people_waiting():
    vera, luca = a_user(), a_user(team=a_team("sued"))
    Absence.objects.create(user=vera, first_day=date(2026, 11, 20), last_day=date(2026, 12, 11))
    routing(rule("all", "sued"))
    person = a_person(owner=vera)
    ripe(person)
    assert owner_of(person) == luca.pk


def test_a_thousand_people_are_shared_by_weight():
    team = a_team("sued")
    one, two, three = (a_user(team=team, capacity=5000, weight=w) for w in (1, 2, 3))
    routing(rule("all", "sued"))
    ripe(*[a_person() for _ in range(600)])
    ripe(*[a_person() for _ in range(400)])
    shares = Counter(Assignment.objects.values_list("owner_id", flat=True))
    assert sum(shares.values()) == 1000
    assert abs(shares[one.pk] - 1000 / 6) <= 1
    assert abs(shares[two.pk] - 2000 / 6) <= 1
    assert abs(shares[three.pk] - 3000 / 6) <= 1
    assert sum(Turn.objects.get().credits.values()) == pytest.approx(0)


def test_absence_earns_no_credit():
    team = a_team("sued")
    here, away = a_user(team=team, capacity=5000), a_user(team=team, capacity=5000)
    gone = Absence.objects.create(user=away, first_day=date(2026, 11, 23), last_day=date(2026, 11, 27))
    routing(rule("all", "sued"))
    ripe(*[a_person() for _ in range(50)])
    assert set(Assignment.objects.values_list("owner_id", flat=True)) == {here.pk}
    assert {c["why"] for c in Assignment.objects.first().candidates} == {"chosen", "away"}
    gone.delete()
    ripe(*[a_person() for _ in range(100)])
    shares = Counter(Assignment.objects.values_list("owner_id", flat=True))
    assert abs(shares[away.pk] - 50) <= 1


def test_who_is_full_gets_nobody_and_the_manager_sees_the_rest():
    team = a_team("sued")
    vera = a_user(team=team, capacity=2)
    routing(rule("all", "sued"))
    people = [a_person() for _ in range(3)]
    ripe(*people)
    assert [owner_of(p) for p in people] == [vera.pk, vera.pk, None]
    waiting = Waiting.objects.get()
    assert (waiting.person_id, waiting.reason, waiting.rule) == (people[2].id, "full", "all")
    assert Event.objects.get(kind="person.unassigned").topic == "full"
    vera.capacity = 3
    vera.save()
    settle(MONDAY + timedelta(minutes=20))
    assert owner_of(people[2]) == vera.pk
    assert not Waiting.objects.exists()


def test_those_at_work_come_first_and_at_night_who_begins_first():
    team = a_team("sued")
    early = a_user(team=team, timezone="Asia/Kolkata", country="")
    late = a_user(team=team, timezone="America/New_York", country="")
    routing(rule("all", "sued"))
    morning = a_person()
    ripe(morning)  # 13:30 in Kolkata, 03:00 in New York
    assert owner_of(morning) == early.pk
    assert {c["user"]: c["why"] for c in Assignment.objects.get().candidates}[late.pk] == "off_duty"


def test_no_rule_says_so_and_new_rules_take_them():
    vera = a_user(team=a_team("sued"))
    routing(rule("ch", "sued", "company.country", "CH"))
    person = a_person()
    ripe(person)
    assert Waiting.objects.get().reason == "no_rule"
    routing(rule("all", "sued"))
    settle()
    assert owner_of(person) == vera.pk


def test_least_busy_goes_to_who_has_the_most_room():
    team = a_team("sued")
    busy, idle = a_user(team=team), a_user(team=team)
    for _ in range(4):
        a_person(owner=busy, stage="sql")
    routing(rule("all", "sued", pick="least_busy"))
    people = [a_person() for _ in range(6)]
    ripe(*people)
    shares = Counter(Assignment.objects.values_list("owner_id", flat=True))
    assert shares == {idle.pk: 5, busy.pk: 1}


def test_people_by_address_and_weight_in_the_rule():
    a, b = a_user(email="a@desk.example"), a_user(email="b@desk.example")
    routing(rule("vip", people=("a@desk.example", "b@desk.example"), weights={"a@desk.example": 3}))
    ripe(*[a_person() for _ in range(8)])
    assert Counter(Assignment.objects.values_list("owner_id", flat=True)) == {a.pk: 6, b.pk: 2}


@pytest.mark.parametrize("many", [5, 500])
def test_a_batch_takes_a_fixed_number_of_queries(many, django_assert_max_num_queries):
    from reif.route.assign import assign

    team = a_team("sued")
    for _ in range(3):
        a_user(team=team, capacity=1000)
    routing(rule("de", "sued", "company.country", "DE"), rule("all", "sued"))
    people = [a_person(stage="sql", company=a_company()) for _ in range(many)]
    with writing():
        append(*(PersonQualified(person=p.id, topic="sql") for p in people))
    from reif.log.event import event_of

    events = [event_of(e) for e in Event.objects.filter(kind="person.qualified").order_by("id")]
    with django_assert_max_num_queries(32), writing():
        assign(events)
    assert Assignment.objects.count() == many
