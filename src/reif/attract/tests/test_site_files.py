"""What machines read, against what their specifications ask for; drafts and hidden pages are in none of it."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from reif.attract.content.release import release
from reif.attract.models import Content, LandingPage, Site, Webinar
from reif.attract.pictures.address import share
from reif.attract.tests.texts import an_article
from reif.kit.clock import now

pytestmark = pytest.mark.django_db
KEY = "p-0123456789abcdef01234567-1200x800"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEEDED = {
    "BlogPosting": {"headline", "image", "author", "publisher", "datePublished", "dateModified", "mainEntityOfPage", "description"},
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "startDate", "endDate", "location", "eventStatus", "eventAttendanceMode", "organizer", "performer", "image"},
    "FAQPage": {"mainEntity"},
    "Organization": {"name", "url"},
}  # fmt: skip


class Head(HTMLParser):
    """Meta tags by name, links by rel, structured data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.feed(page)
        self.things: list[dict[str, Any]] = [
            json.loads(raw) for raw in re.findall(r'ld\+json">(.*?)</script>', page, re.S)
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            assert name not in self.meta, f"{name} stands there twice"
            self.meta[name] = given.get("content") or ""
        elif tag == "link" and given.get("rel") == "canonical":
            assert "canonical" not in self.links
            self.links["canonical"] = given.get("href") or ""


@pytest.fixture
def article() -> Content:
    Site.objects.create(pk=1, name="Muster & Söhne", claim="Wir «können» <alles>", language="de")
    made = an_article(title="Löhne & Gehälter </script>", slug="loehne", author="Nadja Hofer", author_role="Leiterin", category="Löhne & mehr",
                      teaser="Ein Anriss", cover=KEY, body="## Eins\n\nText.\n")  # fmt: skip
    release(made, None, None)
    return made


def complete(thing: dict[str, Any]) -> None:
    assert thing["@context"] == "https://schema.org"
    assert NEEDED[thing["@type"]] <= set(thing), thing["@type"]
    assert not [key for key, value in thing.items() if value in ("", None, [])]
    for name in ("datePublished", "dateModified", "startDate", "endDate"):
        if name in thing:
            assert datetime.fromisoformat(thing[name]).tzinfo is not None


def test_an_article_says_who_wrote_it_when_and_where_it_stands(client, article):
    head = Head(client.get("/blog/loehne?utm_source=x").content.decode())
    posting, trail = head.things
    complete(posting)
    complete(trail)
    assert posting["headline"] == "Löhne & Gehälter </script>"
    assert posting["image"] == f"http://testserver{share(KEY)}"
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]
    assert trail["itemListElement"][1]["item"] == "http://testserver/blog/?category=L%C3%B6hne+%26+mehr"
    assert head.links["canonical"] == "http://testserver/blog/loehne"
    assert head.meta["robots"] == "index, follow"
    assert {
        "og:type",
        "og:title",
        "og:description",
        "og:url",
        "og:image",
        "og:site_name",
        "article:published_time",
        "twitter:card",
    } <= set(head.meta)
    assert head.meta["og:url"] == head.links["canonical"]


def test_an_article_without_an_author_is_by_the_house(client, article):
    other = an_article(slug="ohne", teaser="A", description="B")
    release(other, None, None)
    posting = Head(client.get("/blog/ohne").content.decode()).things[0]
    assert posting["author"] == {"@type": "Organization", "name": "Muster & Söhne", "url": "http://testserver/blog/"}


def test_a_webinar_and_its_questions_are_structured(client, article):
    webinar = Webinar.objects.create(
        slug="w", title="W", summary="Kurz", speaker="Simon", starts_at=now() + timedelta(days=3)
    )
    blocks = [
        {"block": "hero", "title": "W"},
        {"block": "faq", "items": [{"question": "Was?", "answer": "**Das** [hier](/x)"}]},
    ]
    LandingPage.objects.create(
        slug="webinar-w", title="W", webinar=webinar, blocks=blocks, published_at=now(), updated_at=now()
    )
    things = {thing["@type"]: thing for thing in Head(client.get("/p/webinar-w").content.decode()).things}
    for name in ("Event", "FAQPage"):
        complete(things[name])
    question = things["FAQPage"]["mainEntity"][0]
    assert (question["@type"], question["acceptedAnswer"]["text"]) == ("Question", "Das hier")
    assert things["Event"]["eventStatus"].endswith("EventScheduled")
    Webinar.objects.update(called_off_at=now())
    things = {thing["@type"]: thing for thing in Head(client.get("/p/webinar-w").content.decode()).things}
    assert things["Event"]["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_site_map_names_what_is_public_with_its_date_and_picture(client, article):
    an_article(slug="entwurf")
    release(an_article(slug="bald"), now() + timedelta(days=1), None)
    for slug, more in (("offen", {}), ("versteckt", {"hidden": True}), ("zu", {"published_at": None})):
        LandingPage.objects.create(**{"slug": slug, "title": slug, "published_at": now(), "updated_at": now(), **more})
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    root = Xml.fromstring(answer.content)
    assert root.tag == f"{SITEMAP}urlset"
    places = {url.findtext(f"{SITEMAP}loc"): url for url in root}
    assert set(places) == {f"http://testserver{path}" for path in ("/blog/", "/blog/loehne", "/p/offen")}
    one = places["http://testserver/blog/loehne"]
    assert datetime.fromisoformat(one.findtext(f"{SITEMAP}lastmod")) == article.updated_at
    assert one.find(f"{IMAGE}image").findtext(f"{IMAGE}loc") == f"http://testserver{share(KEY)}"


def test_the_feed_is_rss_two_with_escaped_words(client, article):
    an_article(slug="entwurf")
    answer = client.get("/rss.xml")
    channel = Xml.fromstring(answer.content).find("channel")
    assert answer["Content-Type"].startswith("application/rss+xml")
    assert (channel.findtext("title"), channel.findtext("description")) == ("Muster & Söhne", "Wir «können» <alles>")
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Löhne & Gehälter </script>"]
    assert items[0].findtext("category") == "Löhne & mehr"
    assert parsedate_to_datetime(items[0].findtext("pubDate")) == article.published_at.replace(microsecond=0)
    parsedate_to_datetime(channel.findtext("lastBuildDate"))


def test_pages_and_categories_of_the_blog_have_one_address_each(client, article):
    for n in range(14):
        release(an_article(slug=f"a{n}", category="Löhne & mehr"), None, None)
    for path, expected in (
        ("/blog/?utm_source=x", "/blog/"),
        ("/blog/?category=L%C3%B6hne+%26+mehr&utm_source=x", "/blog/?category=L%C3%B6hne+%26+mehr"),
        ("/blog/?category=gibt-es-nicht", "/blog/"),
        ("/blog/?before=a5", "/blog/?before=a5"),
    ):
        assert Head(client.get(path).content.decode()).links["canonical"] == f"http://testserver{expected}", path
    assert client.get("/blog/?before=entwurf").status_code == 404


def test_robots_may_read_what_is_public_and_nothing_sealed(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /d/", "Disallow: /w/", "Disallow: /blog/preview/"} <= set(lines)
    assert "Disallow: /" not in lines
