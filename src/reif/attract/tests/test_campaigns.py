"""Campaigns and links: names, numbers, the builder, the short way, and who may do what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.attract.campaigns.brought import brought
from reif.attract.campaigns.enter_costs import Amount, Place, enter_costs
from reif.attract.campaigns.keep import keep_campaign, keep_link
from reif.attract.campaigns.short import CODE, new_code, qr
from reif.attract.campaigns.spending import spending
from reif.attract.campaigns.tagging import consistent, tagged, warnings
from reif.attract.models import Campaign, CampaignName, ExchangeRate, Link, LinkDay
from reif.attract.tests.test_costs import a_campaign, client_of
from reif.crm.deals import open_deal, win
from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.crm.tests.test_touches import day, submit, view
from reif.kit.clock import now
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


def came(campaign: str, source: str = "PAID_SOCIAL", n: float = 10, stage: str = "lead") -> Person:
    person = a_person()
    view((source, {"detail_1": "LinkedIn", "campaign": campaign}), day(n), person=person.pk)
    submit(person, day(n + 0.1))
    if stage != "lead":
        move_stage([Move(person.pk, stage, at=day(n + 1))])
    return person


def sold(person: Person, cents: int, currency: str = "CHF") -> None:
    deal = open_deal(person=person, name="x", cents=cents, owner=None, currency=currency, at=day(30))
    win(deal, at=day(40))


def a_link(**fields: Any) -> Link:
    return keep_link(Link(**{"target": "https://talentwerk.example/p/demo?x=1#form", **fields}), by=None)


class TestNumbers:
    def test_a_campaign_counts_whom_it_brought_under_any_of_its_names(self) -> None:
        campaign = a_campaign("herbst", "herbst-2026", "Herbst Aktion")
        came("Herbst")
        came("herbst-2026", stage="mql")
        sold(came("HERBST AKTION", "PAID_SEARCH", stage="sql"), 100_000)
        came("fruehling")
        a_campaign("fruehling")
        settle()
        found = brought("lead")[campaign.pk, ""]
        assert (found.people, found.leads, found.mql, found.sql, found.deals, found.won) == (3, 3, 2, 1, 1, 1)
        assert found.won_cents == 100_000
        by_source = brought("lead", campaign=campaign.pk, by="source")
        assert {part: n.people for (_c, part), n in by_source.items()} == {"PAID_SOCIAL": 2, "PAID_SEARCH": 1}

    def test_the_touch_decides(self) -> None:
        campaign = a_campaign()
        person = came("herbst", n=10)
        view(("EMAIL_MARKETING", {"campaign": "anderes"}), day(20), person=person.pk)
        settle()
        assert brought("first")[campaign.pk, ""].people == 1
        assert not brought("last")

    def test_money_without_a_rate_is_told_apart(self) -> None:
        campaign = a_campaign()
        sold(came("herbst"), 100_000)
        sold(came("herbst"), 50_000, "EUR")
        settle()
        found = brought("lead")[campaign.pk, ""]
        assert (found.won_cents, found.left_out) == (100_000, {"EUR": 50_000})
        ExchangeRate.objects.create(currency="EUR", since=date(2020, 1, 1), rate=Decimal("0.9"))
        found = brought("lead")[campaign.pk, ""]
        assert (found.won_cents, found.left_out) == (145_000, {})

    def test_the_page_says_what_is_missing(self) -> None:
        a_campaign()
        page = client_of().get("/campaigns/herbst").content.decode()
        assert "Nobody has entered costs" in page
        assert "Nobody has come under this name yet" in page

    def test_the_page_tells_it_all(self) -> None:
        campaign = a_campaign(starts_on=day(1).date())
        sold(came("herbst", stage="sql"), 1_200_000)
        settle()
        told = {Place(campaign.pk, day(n).date(), "linkedin_ads"): Amount(cents=20_000) for n in range(10, 16)}
        enter_costs(told, {campaign.pk: "herbst"}, "hand")
        page = client_of().get("/campaigns/herbst").content.decode()
        for words in ("CHF\xa01,200", "10.0×", "CHF\xa012,000", "LinkedIn Ads", "Costs are entered for 6 of the"):
            assert words in page, words
        german = client_of(language="de").get("/campaigns/herbst?as=table").content.decode()
        assert "Kosten pro Lead" in german

    def test_many_campaigns_need_no_more_questions(self) -> None:
        client = client_of()
        for n in range(40):
            a_campaign(f"c{n}")
            if n < 12:
                came(f"c{n}")
        settle()
        client.get("/campaigns")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/campaigns?touch=first")
        assert page.status_code == 200
        assert len(asked) <= 14
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/campaigns/c1").status_code == 200
        assert len(asked) <= 24

    def test_costs_stand_beside_sources(self) -> None:
        campaign = a_campaign()
        enter_costs(
            {Place(campaign.pk, date(2026, 1, 2), "meta_ads"): Amount(cents=700)}, {campaign.pk: "herbst"}, "hand"
        )
        (found,) = spending(date(2026, 1, 1), date(2026, 1, 31))
        assert (found.source, found.site, found.names, found.cents) == ("PAID_SOCIAL", "Facebook", {"herbst"}, 700)


class TestCampaign:
    sent: dict[str, Any] = {"name": "Herbst 2026", "slug": "herbst", "state": "running", "colour": "145", "starts_on": "2026-09-01",
                            "ends_on": "2026-11-30", "aliases": "Herbst-26\nherbstaktion", "parts": "/p/demo/\n/blog/x?y=1"}  # fmt: skip

    def test_it_is_made_and_changed(self) -> None:
        client = client_of()
        link = a_link(campaign_name="herbstaktion")
        assert client.post("/campaigns", self.sent).headers["Location"] == "/campaigns/herbst"
        campaign = Campaign.objects.get()
        assert set(campaign.names.values_list("name", flat=True)) == {"herbst", "herbst-26", "herbstaktion"}
        assert set(campaign.parts.values_list("path", flat=True)) == {"/p/demo", "/blog/x"}
        link.refresh_from_db()
        assert link.campaign == campaign
        client.post("/campaigns/herbst", self.sent | {"slug": "herbst-neu", "aliases": "", "state": "ended"})
        campaign.refresh_from_db()
        assert (campaign.slug, campaign.state) == ("herbst-neu", "ended")
        assert list(campaign.names.values_list("name", flat=True)) == ["herbst-neu"]
        link.refresh_from_db()
        assert link.campaign is None

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"slug": "new"}, "an address of ours"), ({"slug": "a b"}, "slug"), ({"ends_on": "2026-08-01"}, "before it begins"),
            ({"parts": "p/demo"}, "begins with a slash"), ({"name": ""}, "required"), ({"aliases": "belegt"}, "already"),
            ({"starts_on": "gestern"}, "valid date"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told(self, change: dict[str, str], words: str) -> None:
        a_campaign("anderes", "belegt")
        answer = client_of().post("/campaigns", self.sent | change)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Campaign.objects.count() == 1

    def test_the_list_is_a_file_too_and_no_formula(self) -> None:
        a_campaign("boese", name='=HYPERLINK("http://x")')
        body = b"".join(client_of().get("/campaigns?as=csv").streaming_content).decode("utf-8-sig")
        assert "'=HYPERLINK" in body
        assert body.splitlines()[0].startswith("campaign;utm_campaign")


class TestLink:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("Herbst Aktion 2026", "herbst-aktion-2026"), ("Käufer & Co.", "kaeufer-co."), ("  LinkedIn ", "linkedin"),
         ("A__B", "a__b"), ("ß/?#", "ss"), ("chatgpt.com", "chatgpt.com"), ("x" * 200, "x" * 100)],
    )  # fmt: skip
    def test_names_are_written_one_way(self, typed: str, kept: str) -> None:
        assert consistent(typed) == kept

    def test_the_address_keeps_what_is_not_a_name(self) -> None:
        link = Link(
            target="https://x.example/p?a=1&utm_source=alt#da", source="linkedin", medium="social", campaign_name="h"
        )
        assert tagged(link) == "https://x.example/p?a=1&utm_source=linkedin&utm_medium=social&utm_campaign=h#da"

    def test_spellings_that_would_mix_up_are_warned_about(self) -> None:
        known = {"source": ["linkedin"], "campaign_name": ["herbst-2026", "messe"]}
        assert not warnings({"source": "linkedin", "medium": "social", "campaign_name": "herbst-2025"}, known)
        assert len(warnings({"source": "LinkedIn"}, known)) == 1
        assert "linkedin" in warnings({"source": "linked-in"}, known)[0]
        assert "herbst-2026" in warnings({"source": "linkedin", "campaign_name": "herbst2026"}, known)[0]
        assert len(warnings({"medium": "social"}, known)) == 1

    def test_the_builder_tells_as_what_visits_count(self) -> None:
        a_campaign("herbst")
        asked = {"target": "/p/demo", "source": "LinkedIn", "medium": "paid-social", "campaign_name": "herbst"}
        page = client_of().get("/links/preview", asked).content.decode()
        for words in ('data-source="PAID_SOCIAL"', "Paid social", "LinkedIn", "Belongs to the campaign", "is written"):
            assert words in page
        assert "Bezahlte Social Media" in client_of(language="de").get("/links/preview", asked).content.decode()
        assert client_of().get("/links/preview", {"target": "http://[x", "source": "\x00"}).status_code == 200

    def test_it_is_built_kept_and_changed(self) -> None:
        client = client_of()
        sent = {"target": "/p/demo", "source": "LinkedIn", "medium": "Social", "campaign_name": "Herbst 26", "code": ""}
        assert client.post("/links", sent).status_code == 302
        link = Link.objects.get()
        assert (link.source, link.medium, link.campaign_name) == ("linkedin", "social", "herbst-26")
        assert len(link.code) == 8
        client.post(f"/links/{link.pk}", sent | {"target": "https://other.example/", "code": link.code})
        link.refresh_from_db()
        assert link.target == "https://other.example/"

    @pytest.mark.parametrize("target", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "ftp://x", "https://a@b.example",
                                        "https://", "x y", "https://x.example/\\evil", "http://[::1"])  # fmt: skip
    def test_a_target_is_an_address(self, target: str) -> None:
        answer = client_of().post("/links", {"target": target})
        assert answer.status_code == 422
        assert not Link.objects.exists()

    @pytest.mark.parametrize("code", ["a", "-ab", "a b", "ä-b", "x" * 41, "a/b", "belegt"])
    def test_a_chosen_code_is_fit_for_an_address(self, code: str) -> None:
        a_link(code="belegt")
        assert client_of().post("/links", {"target": "/p/demo", "code": code}).status_code == 422

    def test_codes_cannot_be_guessed(self) -> None:
        codes = {new_code() for _ in range(2_000)}
        assert len(codes) == 2_000
        assert all(CODE.match(code) for code in codes)


class TestFollow:
    def test_it_leads_to_the_kept_address_and_nowhere_else(self) -> None:
        link = a_link(code="herbst", source="nzz", medium="print")
        answer = Client(headers={"user-agent": CHROME}).get("/s/Herbst?url=https://evil.example&utm_source=x")
        assert answer.status_code == 302
        assert answer.headers["Location"] == tagged(link)
        assert "evil" not in answer.headers["Location"]
        assert not answer.cookies

    def test_people_and_machines_are_counted_apart(self) -> None:
        link = a_link(code="herbst")
        person = Client(headers={"user-agent": CHROME})
        for _ in range(3):
            person.get("/s/herbst")
        person.head("/s/herbst")
        person.get("/s/herbst", headers={"sec-purpose": "prefetch;prerender"})
        Client(headers={"user-agent": "Slackbot-LinkExpanding 1.0"}).get("/s/herbst")
        Client().get("/s/herbst")
        row = LinkDay.objects.get(link=link)
        assert (row.people, row.machines) == (3, 4)

    def test_what_is_not_there_or_over_says_so(self) -> None:
        assert Client().get("/s/nichts").status_code == 404
        a_link(code="alt", expires_on=now().date() - timedelta(days=2))
        answer = Client().get("/s/alt")
        assert answer.status_code == 410
        assert not LinkDay.objects.exists()

    def test_following_asks_little(self) -> None:
        a_link(code="herbst")
        with CaptureQueriesContext(connection) as asked:
            Client(headers={"user-agent": CHROME}).get("/s/herbst")
        assert len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]) <= 2


class TestPicture:
    def test_the_qr_picture_has_its_quiet_zone_and_level(self) -> None:
        svg, png = qr("https://x.example/s/herbst"), qr("https://x.example/s/herbst", "h", "png")
        assert svg.startswith(b"<?xml")
        assert png.startswith(b"\x89PNG")
        assert len(qr("https://x.example/s/herbst", "h", "png")) > len(qr("https://x.example/s/herbst", "l", "png"))

    def test_it_can_be_taken_along(self) -> None:
        link, client = a_link(), client_of("analyst")
        answer = client.get(f"/links/{link.pk}/qr.svg?level=q&download=1")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{link.code}.svg"'
        assert client.get(f"/links/{link.pk}/qr.png").headers["Content-Type"] == "image/png"
        assert client.get(f"/links/{link.pk}/qr.svg?level=z").status_code == 404

    def test_the_page_shows_clicks_by_day(self) -> None:
        link = a_link(title="Inserat")
        LinkDay.objects.create(link=link, day=now().date(), people=7, machines=2)
        page = client_of("analyst").get(f"/links/{link.pk}").content.decode()
        assert "Inserat" in page
        assert "reif-chart" in page
        assert client_of("analyst").post(f"/links/{link.pk}", {}).status_code == 403
        assert client_of("seller").get("/links").status_code == 403
        listed = client_of().get("/links").content.decode()
        assert "Inserat" in listed

    def test_the_list_is_a_file_too(self) -> None:
        a_link(title="@SUM(A1)")
        body = b"".join(client_of().get("/links?as=csv").streaming_content).decode("utf-8-sig")
        assert "'@SUM(A1)" in body


def test_a_name_belongs_to_one_campaign() -> None:
    a_campaign("eins", "gleich")
    two = a_campaign("zwei")
    keep_campaign(two, ["drei"], [])
    assert CampaignName.objects.count() == 4
