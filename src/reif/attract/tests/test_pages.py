"""What visitors and machines get, and what the section in the desk counts."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from reif.attract import house
from reif.attract.content.desk import numbers
from reif.attract.content.markdown import contents, html
from reif.attract.content.publish import publish
from reif.attract.cover import png, svg
from reif.attract.models import Call, LandingPage, Site
from reif.crm.tests.people import a_user
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted, PageViewed
from reif.playbook.command import apply_folder
from reif.playbook.current import forget

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FOLDER = Path(__file__).parents[4] / "playbooks/hr_software"
FIRST = "/blog/5-schritte-zur-erfolgreichen-mitarbeiterbindung"


@pytest.fixture
def site(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    publish(FOLDER)
    apply_folder(FOLDER)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "path",
    ["/site", "/blog/", FIRST, "/p/demo", "/p/whitepaper-mitarbeiterbindung", "/p/webinar-recruiting-trends",
     "/p/newsletter", "/preise", "/impressum", "/datenschutz"],
)  # fmt: skip
def test_public_pages_are_light_german_and_without_third_parties(client, path):
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Content-Language"] == "de"
    assert len(page) < 40_000
    assert page.count("<h1") == 1
    assert '<link rel="canonical" href="http://testserver' in page
    assert not re.findall(r'(?:src|action)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]*(?:src=|ld\+json))", page)


@pytest.mark.usefixtures("site")
def test_the_article_ends_with_the_offer_and_passes_the_campaign_on(client):
    page = client.get(f"{FIRST}?utm_source=linkedin&utm_campaign=hr&other=1").content.decode()
    assert 'href="/p/whitepaper-mitarbeiterbindung?utm_source=linkedin&amp;utm_campaign=hr"' in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == "5 Schritte zur erfolgreichen Mitarbeiterbindung"


@pytest.mark.usefixtures("site")
def test_a_landing_page_carries_its_form(client):
    page = client.get("/p/whitepaper-mitarbeiterbindung").content.decode()
    assert 'action="/f/whitepaper' in page
    assert 'name="email"' in page


@pytest.mark.usefixtures("site")
def test_a_page_with_its_own_address_is_found_there(client):
    answer = client.get("/p/preise?utm_source=x")
    assert (answer.status_code, answer["Location"]) == (301, "/preise?utm_source=x")
    assert client.get("/gibt-es-nicht").status_code == 404
    assert client.get("/blog")["Location"] == "/blog/"


@pytest.mark.usefixtures("site")
def test_the_webinar_has_a_calendar_file(client):
    raw = client.get("/p/webinar-recruiting-trends.ics")
    assert raw["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(raw.content).walk("VEVENT")[0]
    assert event["SUMMARY"].startswith("Recruiting-Trends")
    assert (event.end - event.start).total_seconds() == 45 * 60


@pytest.mark.usefixtures("site")
def test_feeds_and_maps_name_every_address(client):
    places = client.get("/sitemap.xml").content.decode()
    assert places.count("<url>") == 1 + 8 + LandingPage.objects.count()
    assert client.get("/rss.xml").content.decode().count("<item>") == 8
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.usefixtures("site")
def test_the_section_counts_people_in_one_query(django_assert_num_queries):
    with writing():
        append(
            *[PageViewed(topic="/p/demo")] * 4, PageViewed(topic="/p/demo", machine=True), FormSubmitted(topic="demo")
        )
    with django_assert_num_queries(1):
        assert numbers(["/p/demo"], ["demo"]) == ({"/p/demo": 4}, {"demo": 1})


@pytest.mark.usefixtures("site")
def test_the_section_is_for_those_who_write(client):
    client.force_login(a_user("marketing", language="de"))
    assert "5 Schritte" in client.get("/content").content.decode()
    client.force_login(a_user("seller"))
    assert client.get("/content").status_code == 403


def test_a_picture_is_always_the_same_and_no_two_words_share_one(client):
    assert svg("a") == svg("a") != svg("b")
    assert png("a").startswith(b"\x89PNG")
    assert client.get("/covers/wort.svg")["Cache-Control"].endswith("immutable")


def test_markdown_is_cleaned_and_headings_have_anchors():
    made = html('## Löhne & Gehälter\n\n<script>alert(1)</script>[x](javascript:alert(1)) <b onclick="x()">fett</b>')
    assert '<h2 id="loehne-gehaelter">' in made
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert "onclick" not in made
    assert contents("## Eins\n\n## Zwei") == [("eins", "Eins"), ("zwei", "Zwei")]


@pytest.mark.usefixtures("site")
def test_two_visitors_get_the_same_form_with_a_ticket_each(client):
    pages = [client.get("/p/demo?utm_source=" + word).content.decode() for word in ("one", "two")]
    pages += [client.get("/p/demo").content.decode() for _ in range(2)]
    tickets = [re.findall(r'name="ticket" value="([^"]+)"', page) for page in pages]
    assert [len(found) for found in tickets] == [1, 1, 1, 1]
    assert len({found[0] for found in tickets}) == 4
    bare = [page.replace(found[0], "") for page, found in zip(pages, tickets, strict=True)]
    assert bare[2] == bare[3]


@pytest.mark.usefixtures("site")
def test_a_page_asks_little_and_sees_a_new_name_at_once(client, django_assert_max_num_queries):
    client.get("/site")
    for path in ("/site", "/p/demo"):
        house.forget()
        forget()
        with django_assert_max_num_queries(5):
            client.get(path)
    site = Site.objects.get()
    site.name = "Ganz neu benannt"
    site.save()
    house.forget()
    assert "Ganz neu benannt" in client.get("/site").content.decode()


@pytest.mark.usefixtures("site")
def test_a_call_ends_at_its_minute_though_it_is_held():
    moment = now()
    kept = Call.objects.create(slug="bar", name="Bar", title="Bar", live=True, created_at=moment, ends_at=moment + HOUR)
    assert house.running() == list(Call.objects.running()) == [kept]
    with travel(moment + HOUR):
        assert house.running() == list(Call.objects.running()) == []


@pytest.mark.usefixtures("site")
def test_another_process_sees_a_change_within_a_moment(monkeypatch):
    assert house.site().name != "Ganz neu benannt"
    Site.objects.update(name="Ganz neu benannt")  # as another process does it, which cannot tell this one
    assert house.site().name != "Ganz neu benannt"
    later = time.monotonic() + house.FRESH
    monkeypatch.setattr(house, "monotonic", lambda: later)
    assert house.site().name == "Ganz neu benannt"
