"""Content in files becomes pages, once, and a wrong file changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reif.attract.content.front_matter import BadFile, when
from reif.attract.content.publish import publish
from reif.attract.models import Asset, Content, LandingPage, Site, Webinar
from reif.kit.clock import now, travel
from reif.log.models import Event

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[4] / "playbooks/hr_software"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_demo_company_is_published_once():
    addresses = publish(FOLDER)
    assert "/blog/5-schritte-zur-erfolgreichen-mitarbeiterbindung" in addresses
    assert "/preise" in addresses
    assert publish(FOLDER) == []
    assert Event.objects.filter(kind="content.published").count() == len(addresses)
    assert Content.objects.count() >= 6
    assert Site.objects.get().name == "Talentwerk"


def test_the_whitepaper_is_a_pdf_of_four_to_six_pages(settings):
    publish(FOLDER)
    asset = Asset.objects.get(slug="mitarbeiterbindung")
    raw = (Path(settings.MEDIA_ROOT) / asset.file).read_bytes()
    assert raw.startswith(b"%PDF-")
    assert raw.rstrip().endswith(b"%%EOF")
    assert 4 <= asset.pages <= 6
    assert asset.size == len(raw)


def test_every_offer_of_an_article_leads_to_a_page():
    publish(FOLDER)
    assert set(Content.objects.values_list("offer", flat=True)) <= set(
        LandingPage.objects.values_list("slug", flat=True)
    )


def test_the_webinar_lies_ahead_on_a_working_day():
    publish(FOLDER)
    webinar = Webinar.objects.get(slug="recruiting-trends")
    assert webinar.starts_at > now()
    assert webinar.starts_at.weekday() in (1, 2, 3)


def test_a_word_that_means_nothing_is_refused_whole(tmp_path):
    for name in ("house", "pages"):
        (tmp_path / name).mkdir()
    (tmp_path / "house/company.toml").write_text('name = "Muster"\n')
    (tmp_path / "pages/a.toml").write_text('titel = "Falsch"\ntitle = "Richtig"\n')
    with pytest.raises(BadFile, match="titel"):
        publish(tmp_path)
    assert not Site.objects.exists()


def test_an_unknown_block_names_its_place(tmp_path):
    for name in ("house", "pages"):
        (tmp_path / name).mkdir()
    (tmp_path / "house/company.toml").write_text('name = "Muster"\n')
    (tmp_path / "pages/a.toml").write_text('title = "A"\n[[blocks]]\nblock = "heroe"\ntitle = "x"\n')
    with pytest.raises(BadFile, match=r"a\.toml.*heroe"):
        publish(tmp_path)


def test_times_may_be_relative():
    base = datetime(2026, 6, 5, 12, tzinfo=UTC)  # a Friday
    assert when("-40d", base).date().isoformat() == "2026-04-26"
    assert when("+1d 10:00", base).isoformat() == "2026-06-09T10:00:00+02:00"  # Saturday becomes Tuesday
    with pytest.raises(BadFile):
        when("soon", base)


def test_what_is_to_come_is_not_shown_yet(client):
    with travel(datetime(2020, 1, 1, tzinfo=UTC)):
        Content.objects.create(slug="a", title="A", published_at=datetime(2021, 1, 1, tzinfo=UTC), updated_at=now())
        assert client.get("/blog/a").status_code == 404
