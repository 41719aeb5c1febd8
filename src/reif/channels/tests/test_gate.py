"""What is asked at the last moment: expiry, permission, caps, hours, a complete sender."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reif.channels.email import sender as sending
from reif.channels.email.compose import Letter, queue
from reif.channels.email.hours import next_open, zone_of
from reif.channels.mails import Hours, Limits, Sender
from reif.channels.models import Captured
from reif.channels.tests.conftest import InForce
from reif.channels.tests.letters import HOUSE, a_letter, a_mail, a_reader, texts
from reif.crm.consent import withdraw
from reif.crm.tests.people import a_user
from reif.kit.clock import now, travel
from reif.log.models import Effect, Event

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
OFFICE = Hours(8, 18, weekdays=True)


def drain() -> None:
    while sending.drain():
        pass


def reason(effect: Effect) -> str:
    return Effect.objects.get(id=effect.id).note


def test_permission_is_asked_when_it_leaves_not_when_it_was_queued(in_force: InForce) -> None:
    person = a_reader()
    effect = a_letter(person)
    withdraw([person.id])
    drain()
    assert reason(effect) == "no_permission"
    assert Event.objects.get(kind="mail.skipped").person_id == person.id


def test_an_expired_mail_is_let_go(in_force: InForce) -> None:
    effect = a_letter(expires_at=now() + timedelta(hours=1))
    with travel(timedelta(hours=2)):
        drain()
    assert reason(effect) == "expired"
    assert not Captured.objects.exists()


def test_no_address_no_text_no_active_user(in_force: InForce) -> None:
    erased = a_letter(a_reader(email=None))
    unknown = a_letter(mail="nothing")
    left = queue([Letter("x:left", "confirm", user=a_user(is_active=False).id, kind="staff")])["x:left"]
    drain()
    assert [reason(erased), reason(unknown)] == ["no_address", "no_text"]
    assert Effect.objects.get(id=left).note == "no_address"


def test_the_cap_holds_within_a_batch_and_over_days(in_force: InForce) -> None:
    in_force(texts(limits=Limits(most=2, days=7, hours=Hours(0, 24))))
    person = a_reader()
    with travel(MONDAY):
        effects = [a_letter(person) for _ in range(3)]
        brief = a_letter(person, expires_at=now() + timedelta(days=1))
        drain()
    states = [Effect.objects.get(id=e.id).state for e in effects]
    assert states == [Effect.DONE, Effect.DONE, Effect.READY]
    assert (Effect.objects.get(id=brief.id).state, reason(brief)) == (Effect.SKIPPED, "too_many")
    with travel(MONDAY + timedelta(days=7, minutes=1)):
        drain()
    assert Effect.objects.get(id=effects[2].id).state == Effect.DONE


def test_a_queue_that_waited_into_the_night_waits_for_the_morning(in_force: InForce) -> None:
    in_force(texts(limits=Limits(hours=OFFICE)))
    with travel(MONDAY):
        effect = a_letter(a_reader(timezone="Europe/Zurich"))
    with travel(MONDAY.replace(hour=22)):
        drain()
    row = Effect.objects.get(id=effect.id)
    assert (row.state, row.attempts) == (Effect.READY, 0)
    assert row.not_before == datetime(2026, 11, 24, 7, tzinfo=UTC)


def test_a_service_mail_goes_at_any_hour(in_force: InForce) -> None:
    in_force(texts(limits=Limits(hours=OFFICE)))
    with travel(MONDAY.replace(hour=2)):
        queue([Letter("t:1", "confirm", person=a_reader(allowed=False).id, kind="service")])
        drain()
    assert Captured.objects.count() == 1


def test_advertising_waits_for_a_complete_sender(in_force: InForce) -> None:
    from reif.playbook.check import check
    from reif.playbook.draft import Draft

    nameless = Sender(company="Talentwerk", from_address=HOUSE.from_address)
    problems = check(Draft.of(mails=texts(sender=nameless)))
    assert "legal_form" in problems[0].sentence
    assert check(Draft.of(mails=texts(a_mail("confirm", "service"), sender=nameless))) == []


@pytest.mark.parametrize(
    ("moment", "zone", "opens"),
    [
        ("2026-11-23T09:00", "Europe/Zurich", "2026-11-23T09:00"),
        ("2026-11-23T06:59", "Europe/Zurich", "2026-11-23T07:00"),
        ("2026-11-23T17:00", "Europe/Zurich", "2026-11-24T07:00"),
        ("2026-11-27T20:00", "Europe/Zurich", "2026-11-30T07:00"),
        ("2026-11-23T09:00", "America/New_York", "2026-11-23T13:00"),
        ("2026-03-28T20:00", "Europe/Zurich", "2026-03-30T06:00"),
        ("2026-11-23T20:00", "nowhere", "2026-11-24T07:00"),
    ],
)
def test_hours_in_the_readers_zone(moment: str, zone: str, opens: str) -> None:
    at = datetime.fromisoformat(f"{moment}+00:00")
    assert next_open(at, zone_of(zone), OFFICE) == datetime.fromisoformat(f"{opens}+00:00")
