"""Costs: files as the ad platforms export them, a sheet by hand, and by API; the same twice is the same once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reif.attract.campaigns.cost_file import read_costs
from reif.attract.campaigns.cost_table import UnreadableFile, read_table
from reif.attract.campaigns.cost_values import NotAValue, cents, day_of, decimal_mark, month_comes_first
from reif.attract.campaigns.enter_costs import CLEARED, Amount, Entered, Place, enter_costs
from reif.attract.campaigns.keep import keep_campaign
from reif.attract.campaigns.rates import NoRate
from reif.attract.models import Campaign, CampaignName, Cost, CostFile, ExchangeRate
from reif.crm.tests.people import a_user
from reif.kit.clock import now
from reif.log.models import Event
from reif.staff.api.keys import make_key

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def a_campaign(slug: str = "herbst", *aliases: str, **fields: Any) -> Campaign:
    told: dict[str, Any] = {"name": slug.title(), "slug": slug, "starts_on": date(2026, 1, 1)} | fields
    return keep_campaign(Campaign(**told), aliases, [])


def client_of(role: str = "marketing", language: str = "en") -> Client:
    client = Client()
    client.force_login(a_user(role, language=language), backend=BACKEND)
    return client


GOOGLE_DE = (
    "Kampagnenbericht\n1. Januar 2026 – 31. Januar 2026\nTag\tKampagne\tWährungscode\tKosten\tKlicks\tImpr.\n"
    "2026-01-05\tHerbst\tCHF\t1.234,50\t120\t4.300\n2026-01-05\tHerbst\tCHF\t15,50\t2\t70\n"
    "2026-01-06\tFrühling\tCHF\t20,00\t3\t90\nGesamt: Konto\t\tCHF\t1.270,00\t125\t4.460\n"
).encode("utf-16")
GOOGLE_EN = (
    b'Campaign report\n"January 1, 2026 - January 31, 2026"\nDay,Campaign,Currency code,Cost,Clicks,Impr.\n'
    b'2026-01-05,Herbst,CHF,"1,234.50",120,"4,300"\n2026-01-06,Herbst,CHF,--,0,12\nTotal: Campaigns, --,CHF,1234.50,120,4312\n'
)
META_DE = (
    "Name der Kampagne;Tag;Ausgegebener Betrag (EUR);Impressionen;Link-Klicks;Berichtsbeginn;Berichtsende\r\n"
    "Herbst;2026-01-05;100,00;5000;80;2026-01-01;2026-01-31\r\n"
).encode("cp1252")
META_EN = (
    b"Campaign name,Day,Amount spent (CHF),Impressions,Link clicks,Reporting starts,Reporting ends\n"
    b"Herbst,2026-01-05,99.9,5000,80,2026-01-05,2026-01-05\n"
)
LINKEDIN = (
    '"Campaign Performance Report (in UTC)"\n"Report Start: January 1, 2026, 12:00 AM"\n"Report End: January 31, 2026"\n'
    '"Date Generated: February 1, 2026"\n\nStart Date (in UTC)\tCampaign Group Name\tCampaign Name\tTotal Spent\tCurrency\t'
    "Impressions\tClicks\n01/05/2026\tQ1\tHerbst\t55.10\tCHF\t900\t9\n"
).encode("utf-16")
MICROSOFT = (
    "\ufeffReport Name: Campaign\nReport Time: 1/1/2026 - 1/31/2026\nTime Zone: (GMT+01:00)\n\n"
    '"Gregorian date","Campaign","Currency code","Spend","Impressions","Clicks"\n"1/5/2026","Herbst","CHF","7.25","100","2"\n\n'
    '"©2026 Microsoft Corporation. All rights reserved. "\n'
).encode()
OWN = b"Datum;Kampagne;Kanal;Kosten\n05.01.2026;herbst;print;1'500\n05.01.2026;herbst;Messen und Anl\xe4sse;250.-\n"
FILES = [
    ("google de", GOOGLE_DE, "google_ads", 125_000, 122, 1),
    ("google en", GOOGLE_EN, "google_ads", 123_450, 120, 0),
    ("meta de", META_DE, "meta_ads", 10_000, 80, 0),
    ("meta en", META_EN, "meta_ads", 9_990, 80, 0),
    ("linkedin", LINKEDIN, "linkedin_ads", 5_510, 9, 0),
    ("microsoft", MICROSOFT, "microsoft_ads", 725, 2, 0),
]


@pytest.mark.parametrize(("name", "content", "channel", "sum_", "clicks", "unknown"), FILES, ids=[f[0] for f in FILES])
def test_each_platforms_export_is_read(
    name: str, content: bytes, channel: str, sum_: int, clicks: int, unknown: int
) -> None:
    campaign = a_campaign()
    ExchangeRate.objects.create(currency="EUR", since=date(2025, 1, 1), rate=Decimal("0.93"))
    reading = read_costs(read_table(content))
    assert (reading.refused, len(reading.unknown)) == ([], unknown)
    told = reading.cells[Place(campaign.pk, date(2026, 1, 5), channel)]
    assert (told.cents, told.clicks) == (sum_, clicks)
    assert told.currency == ("EUR" if name == "meta de" else "CHF")


def test_an_own_table_names_its_channels() -> None:
    campaign = a_campaign()
    reading = read_costs(read_table(OWN.replace(b"Messen und Anl\xe4sse", b"events").replace(b".-", b"")))
    assert {(p.channel, a.cents) for p, a in reading.cells.items()} == {("print", 150_000), ("events", 25_000)}
    assert {p.campaign for p in reading.cells} == {campaign.pk}


@pytest.mark.parametrize(
    ("texts", "mark", "first"),
    [
        (["1.234,50", "3,00"], ",", 123_450), (["1,234.50"], ".", 123_450), (["1'234.5"], ".", 123_450),
        (["1’234,55"], ",", 123_455), (["1234"], ".", 123_400), (["1.234", "1.500"], ",", 123_400),
        (["1,234", "2,000"], ".", 123_400), (["12,5", "1.000"], ",", 1_250), (["--", "0,00"], ",", 0),
        (["CHF 12.00"], ".", 1_200), (["0.005"], ",", 500), (["1 234,50"], ",", 123_450),
    ],
)  # fmt: skip
def test_the_column_decides_about_the_decimal_mark(texts: list[str], mark: str, first: int) -> None:
    assert decimal_mark(texts) == mark
    assert cents(texts[0], mark) == first


@pytest.mark.parametrize("text", ["abc", "-5", "1..2", "=1+1", "1e5", "١٢"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAValue):
        cents(text, ".")


def test_days_are_read_as_the_column_says() -> None:
    assert month_comes_first(["01/05/2026", "01/26/2026"], otherwise=False)
    assert not month_comes_first(["26/01/2026"], otherwise=True)
    assert not month_comes_first(["01.05.2026"], otherwise=True)
    expected = date(2026, 1, 5)
    for text, first in (("2026-01-05", False), ("05.01.2026", False), ("1/5/26", True), ("20260105", False),
                        ("5. Januar 2026", False), ("Jan 5, 2026", True), ("2026-01-05T00:00:00", False)):  # fmt: skip
        assert day_of(text, first) == expected, text
    for text in ("Januar 2026", "31.02.2026", "", "morgen"):
        with pytest.raises(NotAValue):
            day_of(text, False)


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"", "empty"), (b"  \n ", "empty"), (b"PK\x03\x04\x00\x00", "binary"), (b"a;b\n1;2\n", "headings"),
     (b"x" * 5_000_001, "large"), (b"Day,Cost\n" + b"2026-01-01,1\n" * 50_001, "large")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(content: bytes, key: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_table(content)
    assert caught.value.key == key


def test_rows_are_refused_one_by_one() -> None:
    a_campaign()
    rows = b"Day,Campaign,Cost,Currency\n2026-01-05,herbst,x,CHF\n2026-13-05,herbst,1,CHF\n2026-01-05,herbst,1,EUR\n"
    rows += b"2026-01-05,,1,CHF\n2999-01-01,herbst,1,CHF\n2026-01-06,herbst,2,CHF\n"
    reading = read_costs(read_table(rows), "print")
    assert [r.line for r in reading.refused] == [2, 3, 4, 5, 6]
    assert [a.cents for a in reading.cells.values()] == [200]


def test_the_same_told_twice_is_the_same_once() -> None:
    campaign = a_campaign()
    slugs = {campaign.pk: campaign.slug}
    reading = read_costs(read_table(GOOGLE_EN))
    assert enter_costs(reading.cells, slugs, "csv") == Entered(2, 0, 0)
    assert enter_costs(reading.cells, slugs, "csv") == Entered(0, 0, 2)
    assert [r.cents for r in Cost.objects.order_by("day")] == [123_450, 0]
    told = {Place(campaign.pk, date(2026, 1, 5), "google_ads"): Amount(cents=500)}
    assert enter_costs(told, slugs, "hand") == Entered(0, 1, 0)
    row = Cost.objects.order_by("day")[0]
    assert (row.cents, row.clicks, row.way) == (500, 120, "hand")
    facts = Event.objects.filter(kind="cost.entered").order_by("id")
    assert [f.body["cents"] for f in facts] == [123_450, 0, 500]
    assert (
        enter_costs({Place(campaign.pk, date(2026, 1, 5), "google_ads"): Amount(cents=CLEARED)}, slugs, "hand").changed
        == 1
    )
    assert Cost.objects.order_by("day")[0].home_cents is None


def test_an_amount_keeps_the_rate_of_its_day() -> None:
    campaign, day = a_campaign(), date(2026, 2, 1)
    place = Place(campaign.pk, day, "meta_ads")
    with pytest.raises(NoRate):
        enter_costs({place: Amount(cents=10_000, currency="EUR")}, {campaign.pk: "herbst"}, "hand")
    assert not Cost.objects.exists()
    ExchangeRate.objects.create(currency="EUR", since=date(2026, 1, 1), rate=Decimal("0.95"))
    ExchangeRate.objects.create(currency="EUR", since=date(2026, 3, 1), rate=Decimal("0.90"))
    enter_costs({place: Amount(cents=10_000, currency="EUR")}, {campaign.pk: "herbst"}, "hand")
    row = Cost.objects.get()
    assert (row.cents, row.home_cents, row.rate) == (10_000, 9_500, Decimal("0.95"))


def test_a_file_is_shown_before_it_is_taken() -> None:
    campaign, client = a_campaign(), client_of()
    file = SimpleUploadedFile("google.csv", GOOGLE_DE)
    preview = client.post("/campaigns/costs", {"file": file}, follow=True)
    address = preview.request["PATH_INFO"]
    page = preview.content.decode()
    assert "Frühling" in page
    assert "Nothing is written yet" in page
    assert not Cost.objects.exists()
    client.post(address, {"channel": "google_ads", "name.1": "Frühling", "is.1": str(campaign.pk)})
    assert sum(r.cents or 0 for r in Cost.objects.all()) == 127_000
    assert CampaignName.objects.filter(name="frühling", campaign=campaign).exists(), "the next file knows the name"
    assert not CostFile.objects.exists()


def test_somebody_elses_file_is_not_found() -> None:
    kept = CostFile.objects.create(name="x", content=GOOGLE_EN, by=a_user("marketing"), at=now())
    assert client_of().get(f"/campaigns/costs/{kept.pk}").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "No row has a day and a cost"), ("de", "Keine Zeile hat")])
def test_a_wrong_file_is_answered_with_a_sentence(language: str, words: str) -> None:
    answer = client_of(language=language).post("/campaigns/costs", {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2")})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_costs_are_entered_in_a_sheet() -> None:
    campaign, client = a_campaign(), client_of()
    sent = {"month": "2026-01", "what": "cost", "2026-01-05.print": "1'250.50", "2026-01-06.print": ""}
    assert client.post(f"/campaigns/{campaign.slug}/costs", sent).status_code == 302
    assert Cost.objects.get().cents == 125_050
    client.post(f"/campaigns/{campaign.slug}/costs", {"month": "2026-01", "what": "budget", "2026-01-05.print": "2000"})
    row = Cost.objects.get()
    assert (row.cents, row.budget_cents) == (125_050, 200_000)
    wrong = client.post(f"/campaigns/{campaign.slug}/costs", sent | {"2026-01-06.print": "viel"})
    assert wrong.status_code == 422
    assert "“viel” is no amount" in wrong.content.decode()
    page = client.get(f"/campaigns/{campaign.slug}/costs?month=2026-01").content.decode()
    assert 'value="1250.50"' in page


def test_other_software_pushes_costs() -> None:
    a_campaign()
    _key, secret = make_key("ads", ["campaigns:read", "campaigns:write"])
    client, head = Client(), {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    sent = {"costs": [{"day": "2026-01-05", "channel": "google_ads", "amount": 12.5, "clicks": 4}]}

    def put(slug: str, body: object) -> Any:
        return client.put(f"/api/v1/campaigns/{slug}/costs", body, content_type="application/json", **head)

    assert put("herbst", sent).json() == {"new": 1, "changed": 0, "same": 0}
    assert put("herbst", sent).json() == {"new": 0, "changed": 0, "same": 1}
    assert Cost.objects.get().cents == 1250
    assert put("nein", sent).status_code == 404
    bad = {
        "costs": [{"day": "2026-01-05", "channel": "moon", "amount": 1}, {"day": "x", "channel": "print", "amount": -1}]
    }
    assert put("herbst", bad).status_code == 422
    twice = {"costs": sent["costs"] * 2}
    assert put("herbst", twice).status_code == 422
    assert put("herbst", {"costs": [sent["costs"][0] | {"currency": "EUR"}]}).status_code == 422
    assert Cost.objects.count() == 1
    _other, reading = make_key("read", ["campaigns:read"])
    head["HTTP_AUTHORIZATION"] = f"Bearer {reading}"
    assert put("herbst", sent).status_code == 403
    assert client.get("/api/v1/campaigns", **head).json()["items"][0]["slug"] == "herbst"


def test_a_year_of_costs_is_entered_at_once() -> None:
    campaign = a_campaign()
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    told = {Place(campaign.pk, d, c): Amount(cents=100) for d in days for c in ("google_ads", "linkedin_ads")}
    assert enter_costs(told, {campaign.pk: "herbst"}, "api").new == 730
