"""Touches: which of them count, which are credited with what, and that a correction adds and never wipes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.attach_visitor import attach
from reif.crm.bulk_upsert import Origin as FromFile
from reif.crm.bulk_upsert import bulk_upsert
from reif.crm.correct_touch import BadCorrection, Truth, correct_touch
from reif.crm.credit import latest
from reif.crm.deals import open_deal
from reif.crm.models import TURNS, Origin, Person, Touch, Visitor
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person, a_user
from reif.crm.told import told
from reif.crm.touches import keep_touches
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.web import FormSubmitted, PageViewed
from reif.log.event import event_of
from reif.log.models import Event
from reif.log.rebuild import rebuild
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
DIRECT, SEARCH, LINKEDIN = (
    ("DIRECT_TRAFFIC", {}),
    ("ORGANIC_SEARCH", {"detail_2": "Google"}),
    (
        "PAID_SOCIAL",
        {"detail_1": "LinkedIn", "detail_2": "herbst", "campaign": "herbst", "click": "li_fat_id=b2f"},
    ),
)


def a_visitor(**fields: Any) -> Visitor:
    return Visitor.objects.create(**{"key": f"v{Visitor.objects.count()}", "first_seen": now()} | fields)


def day(n: float) -> datetime:
    return now() - timedelta(days=400) + timedelta(days=n)


def view(came: tuple[str, dict[str, str]], at: datetime, **who: Any) -> None:
    source, details = came
    with writing():
        append(PageViewed(topic="/preise", source=source, came=details, at=at, **who))


def submit(person: Person, at: datetime, came: tuple[str, dict[str, str]] = ("DIRECT_TRAFFIC", {}), **who: Any) -> None:
    with writing():
        append(FormSubmitted(person=person.pk, topic="demo", source=came[0], came=came[1], at=at, **who))
    move_stage([Move(person.pk, "lead", at=at)])


def turns(person: Person) -> dict[str, str]:
    origin = Origin.objects.select_related(*TURNS).get(person=person)
    return {turn: touch.source if (touch := getattr(origin, turn)) else "" for turn in TURNS}


def test_four_touches_are_kept_apart() -> None:
    visitor, person = a_visitor(), a_person()
    view(SEARCH, day(1), visitor=visitor.pk)
    view(LINKEDIN, day(40), visitor=visitor.pk)
    submit(person, day(41), visitor=visitor.pk)
    attach([(visitor.pk, person.pk)], at=day(41))
    view(("AI_REFERRALS", {"detail_1": "ChatGPT"}), day(60), visitor=visitor.pk, person=person.pk)
    open_deal(person=person, name="x", cents=1, owner=None, at=day(61))
    view(("EMAIL_MARKETING", {"campaign": "hr"}), day(90), visitor=visitor.pk, person=person.pk)
    settle()
    assert turns(person) == {
        "first": "ORGANIC_SEARCH", "lead": "PAID_SOCIAL", "opportunity": "AI_REFERRALS", "last": "EMAIL_MARKETING",
    }  # fmt: skip
    lead = Origin.objects.get(person=person).lead
    assert lead
    assert (lead.detail_1, lead.detail_2, lead.campaign, lead.click_id, lead.path) == (
        "LinkedIn", "herbst", "herbst", "li_fat_id=b2f", "/preise",
    )  # fmt: skip
    assert not Touch.objects.filter(person=None).exists(), "the anonymous ones follow"
    person.refresh_from_db()
    assert (person.source, person.source_detail_1) == ("PAID_SOCIAL", "LinkedIn")


def test_it_does_not_matter_in_which_order_they_become_known() -> None:
    visitor, person = a_visitor(), a_person()
    submit(person, day(41), visitor=visitor.pk)
    attach([(visitor.pk, person.pk)], at=day(41))
    settle()
    assert turns(person)["lead"] == "DIRECT_TRAFFIC"
    view(LINKEDIN, day(40.99), visitor=visitor.pk, person=person.pk)
    view(SEARCH, day(3), visitor=visitor.pk, person=person.pk)
    settle()
    assert turns(person) == {
        "first": "ORGANIC_SEARCH", "last": "PAID_SOCIAL", "lead": "PAID_SOCIAL", "opportunity": "",
    }  # fmt: skip


def test_direct_traffic_takes_nothing_away_for_ninety_days() -> None:
    person = a_person()
    view(LINKEDIN, day(1), person=person.pk)
    view(DIRECT, day(80), person=person.pk)
    settle()
    assert (turns(person)["last"], Touch.objects.count()) == ("PAID_SOCIAL", 1)
    view(DIRECT, day(200), person=person.pk)
    settle()
    assert (turns(person)["last"], Touch.objects.count()) == ("DIRECT_TRAFFIC", 2)
    view(SEARCH, day(201), person=person.pk)
    settle()
    assert turns(person) == {"first": "PAID_SOCIAL", "last": "ORGANIC_SEARCH", "lead": "", "opportunity": ""}


def test_the_rule_itself() -> None:
    touches = [
        Touch(source=s, at=day(d), event_id=i) for i, (s, d) in enumerate([("OFFLINE", 1), ("DIRECT_TRAFFIC", 80)])
    ]
    assert latest(touches) == touches[0]
    assert latest(touches[1:]) == touches[1]
    assert latest(touches, day(0)) is None
    touches[1].at = day(92)
    assert latest(touches) == touches[1]


def test_one_visit_is_one_touch() -> None:
    person, visitor = a_person(), a_visitor()
    for minute in range(0, 28, 9):
        view(SEARCH, day(1) + timedelta(minutes=minute), visitor=visitor.pk)
    view(("", {}), day(1) + timedelta(minutes=29), visitor=visitor.pk)
    view(LINKEDIN, day(1) + timedelta(minutes=29), visitor=visitor.pk)
    view(SEARCH, day(5), visitor=visitor.pk)
    settle()
    assert list(Touch.objects.values_list("source", flat=True)) == ["ORGANIC_SEARCH", "PAID_SOCIAL", "ORGANIC_SEARCH"]
    assert not Origin.objects.filter(person=person).exists()


def test_machines_leave_no_touch() -> None:
    visitor = a_visitor()
    with writing():
        append(PageViewed(visitor=visitor.pk, source="ORGANIC_SEARCH", machine=True))
    settle()
    assert not Touch.objects.exists()


def test_records_without_a_click_are_offline_unless_they_say_more() -> None:
    upsert_people(
        [Draft("a@b.example", source="OFFLINE", source_detail_1="IMPORT", source_detail_2="messe.csv")], via="import"
    )
    upsert_people([Draft("b@b.example")], via="api")
    upsert_people([Draft("c@b.example")], via="hand")
    upsert_people(
        [Draft("d@b.example", source="PAID_SOCIAL", source_detail_1="Facebook", utm={"utm_campaign": "q3"})],
        via="lead_ad",
    )
    upsert_people([Draft("e@b.example")], via="form")
    settle()
    found = Touch.objects.order_by("person__email")
    assert list(found.values_list("kind", "source", "detail_1", "detail_2", "campaign")) == [
        ("import", "OFFLINE", "IMPORT", "messe.csv", ""),
        ("api", "OFFLINE", "API", "", ""),
        ("hand", "OFFLINE", "CRM_UI", "", ""),
        ("api", "PAID_SOCIAL", "Facebook", "", "q3"),
    ]  # fmt: skip
    assert Person.objects.get(email="b@b.example").source == "OFFLINE"


def test_rows_of_a_file_come_from_the_file_unless_they_say_more() -> None:
    rows = [told(Draft("a@b.example"), "a@b.example")]
    rows.append(told(Draft("b@b.example", source="REFERRALS", source_detail_1="kmu.example"), "b@b.example"))
    for _twice in range(2):
        bulk_upsert(rows, FromFile(batch=1, topic="messe.csv"))
        settle()
    assert list(Touch.objects.order_by("person__email").values_list("kind", "source", "detail_1", "detail_2")) == [
        ("import", "OFFLINE", "IMPORT", "messe.csv"), ("import", "REFERRALS", "kmu.example", ""),
    ]  # fmt: skip


def corrected() -> tuple[Person, Touch]:
    person = a_person(source="DIRECT_TRAFFIC")
    submit(person, day(10))
    settle()
    touch = Touch.objects.get()
    truth = Truth("OFFLINE", "personal-messe", "messe-2026", "messe-2026")
    correct_touch(touch, truth, "She told us on the phone.", by=a_user("marketing").pk)
    settle()
    return person, touch


def test_a_correction_adds_and_never_wipes() -> None:
    person, seen = corrected()
    seen.refresh_from_db()
    assert seen.source == "DIRECT_TRAFFIC", "the original is as it was"
    mine = seen.corrections.get()
    assert (mine.source, mine.detail_1, mine.campaign, mine.at) == ("OFFLINE", "personal-messe", "messe-2026", seen.at)
    assert (mine.reason, mine.by and mine.by.role, mine.corrected_at is not None) == (
        "She told us on the phone.", "marketing", True,
    )  # fmt: skip
    assert turns(person) == {"first": "OFFLINE", "last": "OFFLINE", "lead": "OFFLINE", "opportunity": ""}
    person.refresh_from_db()
    assert (person.source, person.source_detail_1, person.source_detail_2) == (
        "OFFLINE",
        "personal-messe",
        "messe-2026",
    )
    changed = Event.objects.get(kind="person.changed", topic="touch")
    assert changed.person_id == person.pk


def test_the_latest_correction_counts_and_all_stay() -> None:
    person, seen = corrected()
    first = seen.corrections.get()
    correct_touch(first, Truth("REFERRALS", "kmu.example"), "No, by the association.", by=a_user("admin").pk)
    settle()
    assert turns(person)["lead"] == "REFERRALS"
    assert [t.source for t in seen.corrections.order_by("event_id")] == ["OFFLINE", "REFERRALS"]


@pytest.mark.parametrize(("source", "reason"), [("OFFLINE", " "), ("MOON", "because")])
def test_a_correction_needs_a_reason_and_a_source(source: str, reason: str) -> None:
    _person, seen = corrected()
    with pytest.raises(BadCorrection):
        correct_touch(seen, Truth(source), reason, by=1)


def test_who_is_forgotten_leaves_none() -> None:
    person, _seen = corrected()
    other = a_person()
    view(SEARCH, day(1), person=other.pk)
    with writing():
        append(PersonErased(person=person.pk))
    settle()
    assert list(Touch.objects.values_list("person_id", flat=True)) == [other.pk]
    assert not Origin.objects.filter(person=person).exists()


def picture() -> list[Any]:
    columns = (
        "person_id",
        "visitor_id",
        "kind",
        "source",
        "detail_1",
        "detail_2",
        "campaign",
        "click_id",
        "path",
        "at",
    )
    touches = Touch.objects.order_by("event_id").values_list(
        *columns, "utm", "event_id", "corrects__event_id", "reason", "by_id", "corrected_at"
    )
    origins = Origin.objects.order_by("person_id").values_list(
        "person_id", *(f"{turn}__event_id" for turn in TURNS), "lead_at", "opportunity_at"
    )
    return [list(touches), list(origins), list(Person.objects.order_by("id").values_list("source", "source_detail_1"))]


def test_touches_can_be_dropped_and_rebuilt_from_the_log() -> None:
    test_four_touches_are_kept_apart()
    test_it_does_not_matter_in_which_order_they_become_known()
    corrected_person, seen = corrected_again()
    visitor = a_visitor()
    view(SEARCH, day(1), visitor=visitor.pk)
    forgotten = a_person()
    view(SEARCH, day(1), person=forgotten.pk)
    with writing():
        append(PersonErased(person=forgotten.pk))
    settle()
    before, events = picture(), Event.objects.count()
    assert len(before[0]) > 8
    assert rebuild("touches") > 10
    assert picture() == before
    assert Event.objects.count() == events
    assert seen.person_id == corrected_person.pk


def corrected_again() -> tuple[Person, Touch]:
    person = a_person()
    submit(person, day(10))
    settle()
    touch = Touch.objects.get(person=person)
    for source in ("OFFLINE", "REFERRALS"):
        correct_touch(touch, Truth(source, "x"), f"It was {source}.", by=a_user("admin").pk)
        settle()
    return person, touch


def test_a_batch_asks_a_fixed_number_of_questions() -> None:
    people = [a_person() for _ in range(60)]
    with writing():
        for n, person in enumerate(people):
            append(PageViewed(person=person.pk, source="ORGANIC_SEARCH", at=day(n)))
            append(PageViewed(person=person.pk, topic="/b"))
    events = [event_of(row) for row in Event.objects.all()]
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        writing(),
    ):
        keep_touches(events)
    assert Touch.objects.count() == 60
    assert len(asked) <= 17
    with CaptureQueriesContext(connection) as asked, writing():
        keep_touches([e for e in events if not e.fact.source])
    assert len(asked) <= 2, "pages on the way ask nothing"
