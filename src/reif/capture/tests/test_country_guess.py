"""Where somebody’s browser probably is: kept, told of the person, never put where they said something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reif.capture.tests.beacons import a_beacon, tell
from reif.capture.web.join import attach_with_aliases
from reif.crm.erase import erase
from reif.crm.models import Person, Visitor
from reif.crm.tests.people import a_person
from reif.log.models import Event
from reif.log.worker import settle
from reif.rules.decode import decode
from reif.rules.memory import reader
from reif.rules.record import records
from reif.rules.sql import where

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def visit(day: int = 0, **around: str) -> None:
    tell(a_beacon(at=NOON + day * DAY, **around))
    settle()


def whose(person: Person) -> None:
    attach_with_aliases([(Visitor.objects.get().pk, person.pk)], by="form")
    settle()


def guess_of(person: Person) -> tuple[str, str]:
    person.refresh_from_db()
    return person.country_guess, person.country_guess_by


def test_a_guess_waits_at_the_browser_until_somebody_is_known_by_it() -> None:
    visit(timezone="Europe/Zurich")
    visitor = Visitor.objects.get()
    assert (visitor.country, visitor.country_by) == ("CH", "timezone")
    vera = a_person(country="")
    whose(vera)
    assert guess_of(vera) == ("CH", "timezone")
    assert vera.country == ""


def test_a_weaker_guess_changes_no_stronger_one_and_a_later_one_of_the_same_kind_does() -> None:
    vera = a_person(country="")
    visit(timezone="Europe/Zurich")
    whose(vera)
    visit(1, locale="de-AT")
    assert guess_of(vera) == ("CH", "timezone")
    visit(2, timezone="Europe/Vienna")
    assert guess_of(vera) == ("AT", "timezone")
    visit(3, timezone="Europe/Vienna")
    changes = Event.objects.filter(kind="person.changed", person_id=vera.pk, topic="visit")
    assert [e.body["fields"] for e in changes] == [["country_guess"], ["country_guess"]]
    assert all(e.cause_id for e in changes)


def test_what_somebody_stated_stays_and_the_log_keeps_no_more_than_the_name_of_the_column() -> None:
    vera = a_person(country="DE")
    visit(timezone="Europe/Zurich")
    whose(vera)
    assert guess_of(vera) == ("CH", "timezone")
    assert vera.country == "DE"
    body = Event.objects.get(kind="person.changed", person_id=vera.pk, topic="visit").body
    assert "CH" not in str(body)


def test_rules_can_ask_for_it_in_every_reading() -> None:
    vera, other = a_person(country=""), a_person(country="")
    visit(timezone="Europe/Zurich")
    whose(vera)
    told = decode(
        {"all": [{"field": "country", "op": "is not set"}, {"field": "country_guess", "op": "is", "value": "ch"}]}
    )
    assert set(Person.objects.filter(where(told, NOON)).values_list("pk", flat=True)) == {vera.pk}
    found = records([vera.pk, other.pk], told)
    assert [p for p in (vera.pk, other.pk) if reader(told)(found[p], NOON)] == [vera.pk]


def test_whoever_is_forgotten_leaves_no_guess() -> None:
    vera = a_person(country="")
    visit(timezone="Europe/Zurich")
    whose(vera)
    erase([vera.pk])
    settle()
    assert guess_of(vera) == ("", "")
    assert Visitor.objects.get().country == ""


def test_without_consent_nothing_is_guessed() -> None:
    tell(a_beacon(at=NOON, level="aggregate", timezone="Europe/Zurich"))
    settle()
    assert not Visitor.objects.exists()
