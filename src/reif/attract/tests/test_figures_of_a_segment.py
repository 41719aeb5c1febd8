"""Campaigns, articles and landing pages with the numbers of the people of one segment alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.attract.campaigns.brought import brought
from reif.attract.campaigns.enter_costs import Amount, Place, enter_costs
from reif.attract.content.desk import numbers
from reif.attract.pages.make import make_page
from reif.attract.pages.starters import starter
from reif.attract.tests.test_campaigns import came, sold
from reif.attract.tests.test_costs import a_campaign, client_of
from reif.attract.tests.texts import an_article
from reif.crm.models import Member
from reif.crm.tests.people import a_person
from reif.crm.tests.test_touches import a_visitor, day
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted, PageViewed
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.current import forget
from reif.playbook.draft import read_plain
from reif.rules.within import Within

pytestmark = pytest.mark.django_db
GUESTS, OTHERS = {"key": "guests", "words": {"de": "Gäste", "en": "Guests"}}, {"key": "others"}
COSTS = "Costs are not shown for a segment"


def chosen(*people: int) -> None:
    apply(read_plain({"segments": {"segment": [GUESTS, OTHERS]}}))
    Member.objects.bulk_create(Member(segment="guests", person_id=one, since=now()) for one in people)


def told(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


@pytest.fixture
def herbst() -> int:
    """A campaign that brought two, of whom the one in the segment bought; with costs."""
    campaign = a_campaign(starts_on=day(1).date())
    guest = came("herbst", stage="sql")
    came("herbst", "PAID_SEARCH")
    sold(guest, 1_200_000)
    settle()
    enter_costs(
        {Place(campaign.pk, day(10).date(), "linkedin_ads"): Amount(cents=20_000)}, {campaign.pk: "herbst"}, "hand"
    )
    chosen(guest.pk)
    return campaign.pk


def test_a_campaign_brought_those_of_the_segment(herbst: int) -> None:
    guests, others = Within("guests"), Within("others")
    found = brought("lead", within=guests)[herbst, ""]
    assert (found.people, found.sql, found.deals, found.won_cents) == (1, 1, 1, 1_200_000)
    assert {part: n.people for (_c, part), n in brought("lead", by="source", within=guests).items()} == {
        "PAID_SOCIAL": 1
    }
    assert not brought("lead", within=others)
    assert brought("lead")[herbst, ""].people == 2


def test_the_pages_of_campaigns_narrow_and_say_why_there_are_no_costs(herbst: int) -> None:
    client = client_of()
    whole, part = told(client, "/campaigns"), told(client, "/campaigns?segment=guests")
    assert "Guests" in part
    assert (COSTS in whole, COSTS in part) == (False, True)
    assert ("CHF\xa0200" in whole, "CHF\xa0200" in part) == (True, False)
    assert 'href="/campaigns/herbst?segment=guests&amp;touch=lead"' in part
    one = told(client, "/campaigns/herbst?segment=guests")
    assert COSTS in one
    assert "Costs are entered for" not in one
    assert "segment=guests&reached=sql" in one.replace("&amp;", "&")
    people = told(client, "/sources/people?touch=lead&campaign=herbst&segment=guests")
    assert people.count("<tr data-row>") == 1
    assert "Nobody of this segment has come under this name." in told(client, "/campaigns/herbst?segment=others")
    assert "Nobody has entered costs" not in told(client, "/campaigns/herbst?segment=others")
    file = b"".join(client.get("/campaigns?as=csv&segment=guests")).decode("utf-8-sig")  # type: ignore[call-overload]
    line = dict(zip(*(row.split(";") for row in file.splitlines()[:2]), strict=True))
    assert (line["people"], line["won_amount"], line["cost"]) == ("1", "12000.0", "")


@pytest.mark.parametrize("address", ["/campaigns", "/campaigns/herbst", "/content", "/pages"])
def test_a_segment_costs_few_questions_and_one_that_is_gone_is_said(herbst: int, address: str) -> None:
    an_article()
    make_page(starter("demo", "Demo", "de"), by=None)
    client = client_of()
    client.get(address)
    counts = []
    for asked in ("", "?segment=guests"):
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address + asked).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2, "the playbook in force, and whether the segment is complete"
    gone = told(client, f"{address}?segment=nowhere")
    assert "There is no segment “nowhere” any more." in gone
    assert "CHF\xa0" not in gone


def test_articles_and_pages_count_what_their_people_looked_at() -> None:
    guest, other, browser, stranger = a_person(), a_person(), a_visitor(), a_visitor()
    browser.person = guest
    browser.save()
    with writing():
        for who in ({"person": guest.pk}, {"visitor": browser.pk}, {"visitor": stranger.pk}, {"person": other.pk}):
            append(PageViewed(topic="/blog/a", at=now() - timedelta(days=2), **who))
        append(PageViewed(topic="/blog/a", person=guest.pk, machine=True))
        append(*(FormSubmitted(topic="demo", person=one.pk) for one in (guest, other)))
    chosen(guest.pk)
    assert numbers(["/blog/a"], ["demo"]) == ({"/blog/a": 4}, {"demo": 2})
    assert numbers(["/blog/a"], ["demo"], Within("guests")) == ({"/blog/a": 2}, {"demo": 1})
    assert numbers(["/blog/a"], ["demo"], Within("others")) == ({}, {})


def test_the_lists_say_that_known_people_alone_are_counted() -> None:
    chosen()
    an_article()
    make_page(starter("demo", "Demo", "de"), by=None)
    client = client_of(language="de")
    for address in ("/content", "/pages"):
        page = told(client, f"{address}?segment=guests")
        assert "Gäste" in page
        assert "bekannter Personen, die im Segment sind" in page
        assert "bekannter Personen" not in told(client, address)
