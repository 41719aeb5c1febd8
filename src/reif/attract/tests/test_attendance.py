"""Lists of attendees: every usual tool is read, everything else refused with a sentence, and nobody counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reif.attract.models import AttendanceList, Registration, Webinar
from reif.attract.tests.lists import GOTO, MEET, TEAMS, TEAMS_DE, ZOOM_MEETING, ZOOM_WEBINAR
from reif.attract.webinars.attendance.decode import BadList
from reif.attract.webinars.attendance.durations import minutes_in
from reif.attract.webinars.attendance.read import read
from reif.attract.webinars.register import register
from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import WebinarRegistered
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db


def found(raw: bytes) -> list[tuple[str, int, bool]]:
    return [(one.email or one.name, one.minutes, one.was_there) for one in read(raw).attendees]


@pytest.mark.parametrize(
    ("raw", "kind", "people"),
    [
        (ZOOM_WEBINAR.encode(), "zoom", [("anna@firma.example", 35, True), ("beat@firma.example", 0, False)]),
        (ZOOM_MEETING.encode("utf-8-sig"), "zoom", [("anna@firma.example", 45, True), ("Tablet, Sitzungszimmer", 5, True)]),
        (TEAMS.encode("utf-16"), "teams", [("simon@talentwerk.example", 48, True), ("anna@firma.example", 46, True),
                                           ("Beat Beispiel (Gast)", 13, True)]),
        (TEAMS.encode("utf-16-le"), "teams", [("simon@talentwerk.example", 48, True), ("anna@firma.example", 46, True),
                                              ("Beat Beispiel (Gast)", 13, True)]),
        (TEAMS_DE.encode("utf-16"), "teams", [("anna@firma.example", 62, True)]),
        (MEET.encode(), "meet", [("anna@firma.example", 62, True), ("beat@firma.example", 45, True)]),
        (GOTO.encode(), "goto", [("anna@firma.example", 45, True), ("beat@firma.example", 0, False)]),
        ("Name;E-Mail;Dauer (Minuten)\r\nJürg Müller;Juerg@Firma.example;12,5\r\n".encode("cp1252"), "plain", [("juerg@firma.example", 12, True)]),
        (b"anna@firma.example\nbeat@firma.example\n\nanna@firma.example\n", "plain", [("anna@firma.example", 0, True), ("beat@firma.example", 0, True)]),
        (b"email\nanna@firma.example\n", "plain", [("anna@firma.example", 0, True)]),
    ],
)  # fmt: skip
def test_the_lists_of_the_usual_tools(raw, kind, people):
    assert found(raw) == people
    assert read(raw).format == kind


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "leer"),
        (b" \n ", "leer"),
        (b"PK\x03\x04" + b"x" * 50, "Excel"),
        (b"%PDF-1.4", "PDF"),
        (b"\x89PNG\r\n", "Bild"),
        (b"Das ist ein Brief, keine Liste.\nFreundliche Gruesse", "Teilnehmerliste"),
        (b"email\n", "Teilnehmerliste"),
        (b"a,b\n" * 60_000, "50’000"),
        (b"\0\1\2\3" * 100, "lesen"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(raw, words):
    with pytest.raises(BadList, match=words):
        read(raw)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("57", 57), ("1h 2m 3s", 62.05), ("1 Std. 2 Min.", 62), ("45 mins", 45), ("01:02:03", 62.05), ("2:30", 150),
     ("12,5", 12.5), ("", None), ("--", None), ("lange", None)],
)  # fmt: skip
def test_lengths_of_time(text, minutes):
    assert minutes_in(text) == (pytest.approx(minutes) if minutes is not None else None)


# -- Taking over


@pytest.fixture
def webinar(db):
    return Webinar.objects.create(slug="trends", title="Trends", speaker="Simon", starts_at=now() - timedelta(hours=3))


@pytest.fixture
def anna(webinar) -> Person:
    return a_person(email="anna@firma.example", first_name="Anna", last_name="Muster")


@pytest.fixture
def seats(webinar, anna) -> dict[str, Person]:
    """Anna, Beat (no address in the list of Teams), Carla (never there) and Dora (gave hers back)."""
    people = {"anna": anna, "beat": a_person(email="beat@firma.example", first_name="Beat", last_name="Beispiel (Gast)"),
              "carla": a_person(email="carla@firma.example"), "dora": a_person(email="dora@firma.example")}  # fmt: skip
    with writing():
        append(*(WebinarRegistered(person=p.pk, topic="trends", at=now() - timedelta(days=3)) for p in people.values()))
    settle()
    Registration.objects.filter(person=people["dora"]).update(cancelled_at=now())
    return people


@pytest.fixture
def desk(client):
    client.force_login(a_user("marketing", language="de"))
    return client


def upload(desk, webinar: Webinar, raw: bytes):
    return desk.post(f"/content/webinars/{webinar.pk}/attendance", {"file": SimpleUploadedFile("liste.csv", raw)})


def facts() -> list[tuple[str, int | None, int]]:
    rows = Event.objects.filter(kind__in=("webinar.attended", "webinar.missed")).order_by("kind", "person_id")
    return [(e.kind, e.person_id, e.body.get("minutes", 0)) for e in rows]


def test_a_list_is_shown_before_it_counts_and_counts_once(desk, webinar, seats):
    answer = upload(desk, webinar, TEAMS.encode("utf-16"))
    page = desk.get(answer["Location"]).content.decode()
    assert "Anna Muster" in page
    assert "simon@talentwerk.example" in page
    assert facts() == []
    desk.post(answer["Location"])
    settle()
    expected = [
        ("webinar.attended", seats["anna"].pk, 46),
        ("webinar.attended", seats["beat"].pk, 13),
        ("webinar.missed", seats["carla"].pk, 0),
    ]
    assert facts() == sorted(expected, key=lambda f: (f[0], f[1]))
    assert not Person.objects.filter(email="simon@talentwerk.example").exists()
    assert AttendanceList.objects.get().rows == []
    desk.post(answer["Location"])
    again = upload(desk, webinar, TEAMS.encode("utf-16"))
    assert "wurde am" in desk.get(again["Location"]).content.decode()
    desk.post(again["Location"])
    settle()
    assert len(facts()) == 3
    states = {r.person_id: (r.state, r.minutes) for r in Registration.objects.all()}
    assert states == {seats["anna"].pk: ("attended", 46), seats["beat"].pk: ("attended", 13),
                      seats["carla"].pk: ("missed", 0), seats["dora"].pk: ("cancelled", 0)}  # fmt: skip


def test_a_second_list_adds_who_was_missing_in_the_first(desk, webinar, seats):
    for raw in (b"email\nanna@firma.example\n", b"email,minutes\nanna@firma.example,40\ncarla@firma.example,20\n"):
        desk.post(upload(desk, webinar, raw)["Location"])
    settle()
    kinds = [(kind, person) for kind, person, _minutes in facts()]
    assert kinds.count(("webinar.attended", seats["anna"].pk)) == 1
    assert ("webinar.attended", seats["carla"].pk) in kinds
    assert Registration.objects.get(person=seats["carla"]).state == "attended"
    assert Registration.objects.get(person=seats["anna"]).minutes == 40


def test_somebody_without_a_seat_counts_as_there(desk, webinar):
    person = a_person(email="eva@firma.example")
    desk.post(upload(desk, webinar, b"email,minutes\neva@firma.example,33\n")["Location"])
    assert facts() == [("webinar.attended", person.pk, 33)]
    assert Registration.objects.get().registered_at is None
    page = desk.get(f"/content/webinars/{webinar.pk}").content.decode()
    assert "1 ohne Anmeldung" in page


def test_facts_are_of_the_day_of_the_webinar(desk, webinar, seats):
    desk.post(upload(desk, webinar, b"anna@firma.example\n")["Location"])
    assert {
        e.at for e in Event.objects.filter(kind__startswith="webinar.", kind__in=("webinar.attended", "webinar.missed"))
    } == {webinar.ends_at}


def test_a_list_before_the_end_is_refused(desk, webinar):
    Webinar.objects.update(starts_at=now())
    answer = upload(desk, webinar, b"anna@firma.example\n")
    assert answer.status_code == 422
    assert "noch nicht vorbei" in answer.content.decode()


def test_a_bad_list_changes_nothing(desk, webinar, seats):
    answer = upload(desk, webinar, b"PK\x03\x04xxxx")
    assert answer.status_code == 422
    assert "Excel" in answer.content.decode()
    assert not AttendanceList.objects.exists()


def test_a_formula_in_a_name_is_only_a_name(desk, webinar):
    page = desk.get(upload(desk, webinar, b"name,email\n=1+1<script>,x@fremd.example\n")["Location"]).content.decode()
    assert "=1+1&lt;script&gt;" in page


def test_three_thousand_rows_ask_the_database_little(desk, webinar, django_assert_max_num_queries):
    people = [Person(email=f"p{n}@firma.example", created_at=now()) for n in range(3000)]
    Person.objects.bulk_create(people)
    raw = "email,minutes\n" + "".join(f"p{n}@firma.example,{n % 60}\n" for n in range(3000))
    where = upload(desk, webinar, raw.encode())["Location"]
    with django_assert_max_num_queries(60):
        desk.post(where)
    assert Registration.objects.filter(webinar=webinar).count() == 3000


def test_an_analyst_reads_and_changes_nothing(client, webinar):
    client.force_login(a_user("analyst"))
    assert client.get(f"/content/webinars/{webinar.pk}").status_code == 200
    assert upload(client, webinar, b"a@b.example").status_code == 403
    client.force_login(a_user("seller"))
    assert client.get(f"/content/webinars/{webinar.pk}/attendance").status_code == 403


def test_register_takes_a_batch_of_the_same_person(webinar, anna):
    with writing():
        append(
            *[WebinarRegistered(person=anna.pk, topic="trends")] * 3,
            WebinarRegistered(person=anna.pk, topic="gibt-es-nicht"),
        )
    settle()
    assert Registration.objects.count() == 1
    register([])
