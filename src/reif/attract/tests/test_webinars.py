"""Webinars: written in the browser, reminded of in time, moved, called off, given back by a link."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from icalendar import Calendar

from reif.attract.content.publish import publish
from reif.attract.models import LandingPage, Registration, Webinar
from reif.attract.tests.test_publish import FOLDER
from reif.attract.webinars.numbers import by_day, numbers, stays
from reif.attract.webinars.save import call_off, save
from reif.channels.models import Message
from reif.crm.consent import ask, give
from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now, travel
from reif.kit.shelf import leave_path
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.web import WebinarAttended, WebinarMissed, WebinarRegistered
from reif.log.models import Effect, Event, Timer
from reif.log.worker import settle
from reif.playbook.command import apply_folder

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with travel(START - timedelta(days=10)):
        apply_folder(FOLDER)
        yield


@pytest.fixture
def desk(client):
    client.force_login(a_user("marketing", language="de", timezone="Europe/Zurich"))
    return client


def form(**given):
    return {"title": "Löhne verhandeln", "day": "2027-03-10", "hour": "10:00", "timezone": "Europe/Zurich", "minutes": "45",
            "speaker": "Nadja Hofer", "join_url": "https://talentwerk.example/live", **given}  # fmt: skip


def a_webinar(desk, **given) -> Webinar:
    desk.post("/content/webinars", form(**given))
    return Webinar.objects.get()


def seat(webinar: Webinar, *people: Person) -> None:
    with writing():
        append(*(WebinarRegistered(person=p.pk, topic=webinar.slug) for p in people))
    settle()


def mails() -> list[tuple[str, int | None]]:
    return sorted(Message.objects.values_list("mail", "person_id"))


def fields(webinar: Webinar, **changed):
    names = (
        "title",
        "summary",
        "starts_at",
        "minutes",
        "timezone",
        "speaker",
        "speaker_role",
        "join_url",
        "recording_url",
    )
    return {name: getattr(webinar, name) for name in names} | changed


# -- Writing


def test_a_webinar_is_written_in_its_own_time_zone(desk):
    webinar = a_webinar(desk, timezone="America/New_York")
    assert webinar.slug == "loehne-verhandeln"
    assert webinar.starts_at == datetime(2027, 3, 10, 10, tzinfo=ZoneInfo("America/New_York"))
    page = desk.get(f"/content/webinars/{webinar.pk}/fields").content.decode()
    assert 'value="10:00"' in page
    assert 'value="2027-03-10"' in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "Pflichtfeld|erforderlich"),
        ({"day": "31.31.2027"}, "Datum"),
        ({"hour": "25:00"}, "Uhrzeit|Zeit"),
        ({"timezone": "Europe/Nirgendwo"}, "Nirgendwo"),
        ({"minutes": "0"}, "5"),
        ({"minutes": "viele"}, "Zahl"),
        ({"join_url": "javascript:alert(1)"}, "URL|Adresse"),
        ({"day": "2027-03-28", "hour": "02:30"}, "Uhren werden vorgestellt"),
        ({"speaker": ""}, "Pflichtfeld|erforderlich"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(desk, given, words):
    answer = desk.post("/content/webinars", form(**given))
    assert answer.status_code == 422
    assert re.search(words, answer.content.decode())
    assert not Webinar.objects.exists()


def test_an_address_is_given_once_and_two_editors_notice_each_other(desk):
    webinar = a_webinar(desk)
    assert desk.post("/content/webinars", form()).status_code == 422
    path = f"/content/webinars/{webinar.pk}"
    assert desk.post(path, form(version=1, title="Eins")).status_code == 302
    answer = desk.post(path, form(version=1, title="Zwei"))
    assert answer.status_code == 409
    assert "Zwei" in answer.content.decode()
    webinar.refresh_from_db()
    assert webinar.title == "Eins"


def test_a_webinar_of_a_file_becomes_ones_own_by_editing(desk):
    publish(FOLDER)
    webinar = Webinar.objects.get(slug="bleibegespraeche")
    save(webinar, fields(webinar, title="Von Hand"), webinar.version)
    publish(FOLDER)
    webinar.refresh_from_db()
    assert webinar.title == "Von Hand"


# -- Reminders


def test_reminders_go_a_day_and_an_hour_before_to_those_who_still_have_a_seat(desk):
    webinar = a_webinar(desk)
    anna, beat, late = a_person(language="de"), a_person(language="en"), a_person()
    seat(webinar, anna, beat)
    desk.post(
        leave_path(django_settings.SECRET_KEY, webinar.slug, beat.pk), HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0"
    )
    settle(at=START - timedelta(hours=25))
    assert mails() == []
    settle(at=START - timedelta(hours=24))
    assert mails() == [("webinar-tomorrow", anna.pk)]
    with travel(START - timedelta(hours=5)):
        seat(webinar, late)
    settle(at=START - timedelta(minutes=59))
    assert mails() == [("webinar-soon", anna.pk), ("webinar-soon", late.pk), ("webinar-tomorrow", anna.pk)]
    effect = Effect.objects.filter(person_id=anna.pk).first()
    told = effect.body["variables"]
    assert told["link"] == "https://talentwerk.example/live"
    assert told["when"] == "Mittwoch, 10. März 2027, 10:00"
    assert "/w/" in told["cancel"]


def test_a_moved_date_moves_the_reminders_and_is_told(desk):
    webinar, anna = a_webinar(desk), a_person()
    seat(webinar, anna)
    settle(at=START - timedelta(hours=23))
    later = START + timedelta(days=7)
    with travel(START - timedelta(hours=20)):
        assert save(webinar, fields(webinar, starts_at=later), webinar.version)
    assert mails() == [("webinar-moved", anna.pk), ("webinar-tomorrow", anna.pk)]
    settle(at=START)
    assert len(mails()) == 2
    settle(at=later - timedelta(hours=24))
    assert mails().count(("webinar-tomorrow", anna.pk)) == 2
    webinar.refresh_from_db()
    assert not save(webinar, fields(webinar, title="Nur der Titel"), webinar.version)
    assert len(mails()) == 3


def test_a_worker_that_slept_too_long_reminds_nobody_of_what_has_begun(desk):
    webinar, anna = a_webinar(desk), a_person()
    seat(webinar, anna)
    settle(at=START + timedelta(minutes=1))
    assert mails() == []
    assert not Timer.objects.filter(name__startswith="attract.remind").exists()


def test_a_webinar_that_is_called_off_is_told_once_and_reminds_nobody(desk):
    webinar, anna = a_webinar(desk), a_person()
    LandingPage.objects.create(slug="w", title="W", webinar=webinar, published_at=now(), updated_at=now())
    seat(webinar, anna)
    assert "1 Person wird" in desk.post(f"/content/webinars/{webinar.pk}/calling-off", follow=True).content.decode()
    webinar.refresh_from_db()
    assert call_off(webinar) == 0
    settle(at=START)
    assert mails() == [("webinar-off", anna.pk)]
    entry = Calendar.from_ical(desk.get("/p/w.ics").content).walk("VEVENT")[0]
    assert (entry["STATUS"], int(entry["SEQUENCE"])) == ("CANCELLED", webinar.version)


def test_a_house_without_these_mails_writes_none(desk, tmp_path):
    webinar = a_webinar(desk)
    seat(webinar, a_person())
    bare = tmp_path / "bare"
    bare.mkdir()
    text = (FOLDER / "mails.toml").read_text().split("[[mail]]")[0]
    (bare / "mails.toml").write_text(text)
    apply_folder(bare)
    settle(at=START - timedelta(hours=24))
    assert mails() == []


# -- Giving back


def test_a_seat_is_given_back_by_its_link_once_and_can_be_taken_again(desk):
    webinar, anna = a_webinar(desk), a_person(language="de")
    seat(webinar, anna)
    link = leave_path(django_settings.SECRET_KEY, webinar.slug, anna.pk)
    person = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    desk.logout()
    assert "Möchten Sie sich abmelden?" in desk.get(link).content.decode()
    desk.post(link, HTTP_USER_AGENT="Barracuda Sentinel")
    assert Registration.objects.get().cancelled_at is None
    assert "Sie sind abgemeldet" in desk.post(link, **person).content.decode()
    desk.post(link, **person)
    settle()
    assert Event.objects.filter(kind="webinar.cancelled").count() == 1
    seat(webinar, anna)
    assert Registration.objects.get().state == "registered"
    for wrong in ("/w/x", link + "x", leave_path(django_settings.SECRET_KEY, webinar.slug, 999)):
        assert desk.get(wrong).status_code == 404


def test_who_is_erased_has_no_seat(desk):
    webinar, anna = a_webinar(desk), a_person()
    seat(webinar, anna)
    with writing():
        append(PersonErased(person=anna.pk))
    settle()
    assert not Registration.objects.exists()


# -- Numbers and pages


def test_the_page_tells_seats_people_and_minutes(desk, django_assert_max_num_queries):
    webinar = a_webinar(desk)
    people = [a_person() for _ in range(6)]
    seat(webinar, *people)
    with travel(START + timedelta(hours=2)):
        with writing():
            append(
                *(
                    WebinarAttended(person=p.pk, topic=webinar.slug, minutes=m)
                    for p, m in zip(people, (45, 44, 10, 3), strict=False)
                )
            )
            append(*(WebinarMissed(person=p.pk, topic=webinar.slug) for p in people[4:]))
        settle()
        told = numbers([webinar])[webinar.pk]
        assert (told.registered, told.came, told.missed, told.minutes) == (6, 4, 2, 25.5)
        assert told.share == pytest.approx(4 / 6)
        assert sum(bar.n for bar in stays(webinar)) == 4
        assert sum(by_day(webinar)) == 6
        with django_assert_max_num_queries(16):
            page = desk.get(f"/content/webinars/{webinar.pk}").content.decode()
        assert page.count("<tr data-row>") == 6
        assert desk.get(f"/content/webinars/{webinar.pk}?state=missed").content.decode().count("<tr data-row>") == 2
        assert "25" in desk.get("/content/webinars").content.decode()


def test_nobody_attends_before_it_begins(desk):
    webinar, anna = a_webinar(desk), a_person()
    with writing():
        append(WebinarAttended(person=anna.pk, topic=webinar.slug, minutes=45))
    settle()
    assert not Registration.objects.exists()


def test_an_empty_house_says_how_to_begin(desk):
    assert "Noch kein Webinar" in desk.get("/content/webinars").content.decode()
    webinar = a_webinar(desk)
    page = desk.get(f"/content/webinars/{webinar.pk}").content.decode()
    assert "loehne-verhandeln" in page
    assert desk.delete(f"/content/webinars/{webinar.pk}").status_code == 204


def test_a_webinar_with_seats_is_not_deleted(desk):
    webinar = a_webinar(desk)
    seat(webinar, a_person())
    assert desk.delete(f"/content/webinars/{webinar.pk}").status_code == 400


def test_missing_a_webinar_begins_a_journey(desk):
    text = Path(FOLDER / "journeys.toml").read_text()
    assert 'enter = { event = "webinar.missed" }' in text
    publish(FOLDER)
    webinar = Webinar.objects.get(slug="bleibegespraeche")
    anna = a_person()
    with writing():
        give(ask(anna, "marketing", "Ja", "v1"))
        append(WebinarMissed(person=anna.pk, topic=webinar.slug))
    settle()
    assert Event.objects.filter(kind="journey.entered", person_id=anna.pk, topic__startswith="webinar-missed").exists()
