"""The page of the visitors: both sorts counted honestly, machines and our own people apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reif.capture.tests.beacons import IPHONE, a_beacon, minutes, tell
from reif.capture.traffic.numbers import totals, traffic
from reif.capture.web.counting import count
from reif.crm.models import Member, Visitor
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import read_plain
from reif.rules.within import Within
from reif.staff.period import period_of

pytestmark = pytest.mark.django_db


def a_day() -> None:
    """Two who agreed to be known, with three visits; three arrivals of those who agreed to be counted; and others."""
    moment = now() - timedelta(hours=6)
    tell(
        a_beacon(visitor="a", path="/blog/a", at=moment, referrer="https://www.google.com/", timezone="Europe/Zurich"),
        a_beacon("leave", "/blog/a", "a", at=moment + minutes(1), more={"engaged": 60_000}),
        a_beacon(visitor="a", path="/preise", at=moment + minutes(2), referrer="https://www.talentwerk.example/"),
        a_beacon(visitor="a", path="/preise", at=moment + minutes(90)),
        a_beacon(visitor="b", path="/preise", at=moment, user_agent=IPHONE, timezone="Europe/Vienna"),
        *(
            a_beacon(path="/blog/a", at=moment, level="aggregate", referrer="https://www.linkedin.com/")
            for _ in range(3)
        ),
        a_beacon(path="/preise", at=moment, level="aggregate", referrer="https://www.talentwerk.example/blog/a"),
        a_beacon(visitor="staff", path="/preise", at=moment, own="session"),
        a_beacon(visitor="bot", path="/preise", at=moment, user_agent="Googlebot/2.1"),
        a_beacon(path="/", at=moment, level="aggregate", referrer="http://semalt.com/crawler"),
        *(a_beacon("consent", path="", level=level, at=moment) for level in ("none", "none", "personal")),
    )


def test_people_visits_arrivals_and_views_are_told_apart() -> None:
    a_day()
    found = totals(period_of({"days": "30"}))
    assert (found.people, found.visits, found.arrivals, found.came) == (2, 3, 3, 6)
    assert (found.views, found.views_counted) == (8, 4)
    assert (found.bounced, found.seconds) == (2, 20)


def test_lists_and_what_stands_apart() -> None:
    a_day()
    found = traffic(period_of({"days": "30"}))
    assert found.lists["pages"] == [("/blog/a", 4), ("/preise", 4)]
    assert found.lists["sources"] == [("SOCIAL_MEDIA", 3), ("DIRECT_TRAFFIC", 2), ("ORGANIC_SEARCH", 1)]
    assert dict(found.lists["countries"]) == {"": 4, "AT": 1, "CH": 1}
    assert dict(found.lists["devices"]) == {"desktop": 5, "phone": 1}
    assert [(kind, n) for kind, n, _why in found.apart] == [("machine", 1), ("staff", 1), ("spam", 1)]
    assert found.consents == [("personal", 1), ("none", 2)]
    assert sum(found.series["visits"]) == 3


def test_a_segment_counts_the_visits_of_its_known_people_alone(django_assert_max_num_queries: Any) -> None:
    a_day()
    vera, beat = a_person(), a_person()
    Visitor.objects.filter(key="a").update(person=vera)
    Visitor.objects.filter(key="b").update(person=beat)
    apply(read_plain({"segments": {"segment": [{"key": "guests"}, {"key": "others"}]}}))
    Member.objects.create(segment="guests", person=vera, since=now())
    found = traffic(period_of({"days": "30"}), Within("guests"))
    here = found.totals
    assert (here.people, here.visits, here.arrivals, here.views, here.views_counted) == (1, 2, 0, 3, 0)
    assert found.lists["pages"] == [("/preise", 2), ("/blog/a", 1)]
    assert found.lists["sources"] == [("DIRECT_TRAFFIC", 1), ("ORGANIC_SEARCH", 1)]
    assert dict(found.lists["countries"]) == {"": 1, "CH": 1}
    assert (sum(found.series["visits"]), sum(found.series["views"]), found.apart) == (2, 3, [])
    client = reader("analyst")
    with django_assert_max_num_queries(24):
        page = client.get("/traffic?days=90&segment=guests").content.decode()
    assert "Visits of people who are known by now and in the segment" in page
    assert "Not counted above" not in page
    assert "only counted</th>" not in client.get("/traffic?as=table&segment=guests").content.decode()
    assert "Nobody of this segment came" in client.get("/traffic?segment=others").content.decode()
    gone = client.get("/traffic?segment=nowhere").content.decode()
    assert "There is no segment “nowhere” any more." in gone
    assert "traffic-cards" not in gone


def test_who_refused_leaves_no_number() -> None:
    tell(a_beacon(level="none"), a_beacon("leave", level="none"))
    found = traffic(period_of({"days": "30"}))
    assert (found.totals.views, found.totals.came) == (0, 0)


def reader(role: str, language: str = "en") -> Client:
    client = Client()
    user = a_user(role)
    user.language = language
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_in_both_languages_as_a_table_and_empty(django_assert_max_num_queries: Any) -> None:
    empty = reader("analyst").get("/traffic").content.decode()
    assert "Nobody was counted in this period" in empty
    a_day()
    for n in range(200):
        count("view", f"/p{n}", level="aggregate")
    client = reader("marketing", "de")
    with django_assert_max_num_queries(30):
        page = client.get("/traffic?days=90").content.decode()
    assert "Schweiz" in page
    assert "Eigene Leute" in page
    assert "<table" in client.get("/traffic?as=table").content.decode()
    assert reader("seller").get("/traffic").status_code == 403


def test_the_page_of_a_person_shows_browsers_and_a_guess_of_the_country() -> None:
    from reif.capture.web.join import attach_with_aliases

    vera = a_person(country="")
    a_day()
    attach_with_aliases([(Visitor.objects.get(key="a").pk, vera.pk)], by="mail")
    settle()
    page = reader("admin").get(f"/people/{vera.pk}").content.decode()
    assert "known by a link in a mail" in page
    assert "2 visits" in page
    assert "Probably in Switzerland" in page
    vera.refresh_from_db()
    assert vera.country == ""
