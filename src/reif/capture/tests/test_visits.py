"""When one visit ends and another begins, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from reif.capture.models import Visit
from reif.capture.tests.beacons import IPHONE, a_beacon, minutes, tell
from reif.log.models import Event
from reif.rules.decode import decode
from reif.rules.memory import reader
from reif.rules.record import records
from reif.rules.sql import where

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def began() -> list[str]:
    return list(Event.objects.filter(kind="visit.began").order_by("id").values_list("topic", flat=True))


def test_a_visit_has_an_entry_an_exit_pages_and_time() -> None:
    tell(
        a_beacon(path="/blog/a", at=NOON, referrer="https://www.google.com/", locale="de-CH"),
        a_beacon("leave", "/blog/a", at=NOON + minutes(2), more={"engaged": 90_000, "scroll": 80}),
        a_beacon(path="/preise", at=NOON + minutes(2)),
        a_beacon("leave", "/preise", at=NOON + minutes(3), more={"engaged": 30_500}),
    )
    visit = Visit.objects.get()
    assert (visit.entry, visit.exit, visit.pages, visit.seconds) == ("/blog/a", "/preise", 2, 120)
    assert (visit.started_at, visit.ended_at) == (NOON, NOON + minutes(3))
    assert (visit.source, visit.country, visit.by, visit.device) == ("ORGANIC_SEARCH", "CH", "language", "desktop")
    assert began() == ["/blog/a"]


@pytest.mark.parametrize(("pause", "visits"), [(30, 1), (30.1, 2)])
@pytest.mark.parametrize("together", [True, False])
def test_half_an_hour_of_silence_ends_a_visit(pause: float, visits: int, together: bool) -> None:
    first, second = a_beacon(at=NOON), a_beacon(at=NOON + minutes(pause))
    if together:
        tell(first, second)
    else:
        tell(first)
        tell(second)
    assert Visit.objects.count() == visits
    assert len(began()) == visits


def test_what_a_visitor_does_keeps_the_visit_going() -> None:
    tell(a_beacon(at=NOON), a_beacon("form", at=NOON + minutes(25)), a_beacon(at=NOON + minutes(50)))
    assert Visit.objects.count() == 1


def test_a_new_campaign_begins_a_visit_the_same_one_does_not() -> None:
    tell(
        a_beacon(path="/?utm_source=letter&utm_campaign=may", at=NOON),
        a_beacon(path="/preise?utm_source=letter&utm_campaign=may", at=NOON + minutes(1)),
        a_beacon(path="/preise", at=NOON + minutes(2)),
        a_beacon(path="/preise?utm_source=fair&utm_campaign=june", at=NOON + minutes(3)),
        a_beacon(path="/demo", at=NOON + minutes(4)),
    )
    assert [(v.campaign, v.pages) for v in Visit.objects.order_by("started_at")] == [("may", 3), ("june", 2)]


def test_a_tab_left_open_begins_no_visit() -> None:
    tell(a_beacon(at=NOON), a_beacon("leave", at=NOON + timedelta(hours=3), more={"engaged": 5000}))
    assert [v.ended_at for v in Visit.objects.all()] == [NOON]


@pytest.mark.parametrize("seed", range(6))
def test_events_in_any_order_and_any_batches_make_the_same_visit(seed: int) -> None:
    chance = Random(seed)
    events = [a_beacon(path=f"/p{n}", at=NOON + minutes(n * 9)) for n in range(4)]
    chance.shuffle(events)
    cut = chance.randrange(1, 4)
    tell(*events[:cut])
    tell(*events[cut:])
    assert sum(v.pages for v in Visit.objects.all()) == 4
    assert Visit.objects.order_by("started_at")[0].entry == "/p0"


def test_each_browser_has_its_own_and_machines_have_none() -> None:
    tell(
        a_beacon(visitor="v-1", at=NOON, user_agent=IPHONE, timezone="Europe/Berlin", locale="de-CH"),
        a_beacon(visitor="v-2", at=NOON, timezone="Asia/Calcutta"),
        a_beacon(visitor="v-3", at=NOON, user_agent="Googlebot/2.1"),
        a_beacon(visitor="v-4", at=NOON, robot="webdriver"),
    )
    found = Visit.objects.order_by("id").values_list("device", "country", "by")
    assert list(found) == [("phone", "DE", "timezone"), ("desktop", "IN", "timezone")]
    assert Event.objects.filter(kind="page.viewed", body__machine=True).count() == 2


def test_rules_may_ask_for_visits() -> None:
    from reif.capture.web.join import attach_with_aliases
    from reif.crm.models import Person, Visitor
    from reif.crm.tests.people import a_person

    person = a_person()
    tell(a_beacon(at=NOON - timedelta(days=9)), a_beacon(at=NOON - timedelta(days=2)), a_beacon(at=NOON))
    attach_with_aliases([(Visitor.objects.get().pk, person.pk)], by="form")
    for least, days, holds in ((2, 7, True), (3, 7, False), (3, 10, True)):
        rule = decode({"did": "visit.began", "at_least": least, "within": days})
        assert Person.objects.filter(where(rule, NOON)).exists() is holds
        assert reader(rule)(records([person.pk], rule)[person.pk], NOON) is holds


def test_a_batch_of_visits_asks_the_database_a_few_times(django_assert_max_num_queries: object) -> None:
    tell(*(a_beacon(visitor=f"v-{n}", at=NOON) for n in range(500)))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        tell(*(a_beacon(visitor=f"v-{n}", path=f"/p{n % 7}", at=NOON + minutes(5)) for n in range(500)))
    assert set(Visit.objects.values_list("pages", flat=True)) == {2}


def test_visits_go_with_the_person_and_the_counts_of_the_day_stay() -> None:
    from reif.capture.models import DailyCount
    from reif.capture.web.join import attach_with_aliases
    from reif.crm.erase import erase
    from reif.crm.models import Visitor
    from reif.crm.tests.people import a_person
    from reif.log.worker import settle

    person = a_person()
    tell(a_beacon(visitor="v-1", at=NOON), a_beacon(visitor="v-2", at=NOON))
    attach_with_aliases([(Visitor.objects.get(key="v-1").pk, person.pk)], by="form")
    counted = list(DailyCount.objects.values("kind", "path", "number"))
    erase([person.pk])
    settle()
    assert [visit.visitor.key for visit in Visit.objects.select_related("visitor")] == ["v-2"]
    assert list(DailyCount.objects.values("kind", "path", "number")) == counted


def test_a_form_that_is_begun_is_counted_by_the_form_alone() -> None:
    from reif.capture.models import DailyCount

    tell(a_beacon("form", at=NOON, more={"form": "form-demo"}), a_beacon("form", at=NOON, level="aggregate"))
    assert not DailyCount.objects.exists()
    assert Event.objects.get(kind="form.started").topic == "demo"
