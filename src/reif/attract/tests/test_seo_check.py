"""Each finding is found where it is, and nowhere else; each has a remedy, in both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from reif.attract.content.release import release
from reif.attract.models import LandingPage
from reif.attract.seo_check import Checked, check, verdict
from reif.attract.seo_check.keyword import holds
from reif.attract.seo_check.width import TITLE_SIZE, pixels
from reif.attract.tests.texts import an_article
from reif.kit.clock import now

pytestmark = pytest.mark.django_db
PARAGRAPH = (
    "Mitarbeiterbindung beginnt am ersten Tag und hört nie auf, denn wer bleibt, bleibt aus vielen Gründen. " * 4
)
GOOD = {
    "title": "Mitarbeiterbindung: fünf Schritte, die wirken",
    "description": "Mitarbeiterbindung ist kein Zufall: fünf Schritte mit Beispielen, Kennzahlen und Checklisten für Personalverantwortliche im Mittelstand.",
    "slug": "mitarbeiterbindung-fuenf-schritte",
    "path": "/blog/mitarbeiterbindung-fuenf-schritte",
    "keyword": "Mitarbeiterbindung",
    "cover": "p-0123456789abcdef01234567-1000x500",
    "html": "<h1>Mitarbeiterbindung: fünf Schritte</h1>"
    + f"<p>{PARAGRAPH}</p><h2>Warum Mitarbeiterbindung zählt</h2>"
    + "".join(f"<p>{'Andere Wörter füllen diesen Absatz ohne Wiederholung. ' * 9}</p>" for _ in range(4))
    + '<p><a href="/blog/">Weitere Artikel über Personalarbeit</a></p><img src="/covers/x.svg" alt="">',
}


def codes(**changed) -> set[str]:
    return {finding.code for finding in check(Checked(**{**GOOD, **changed}))}


def test_a_good_page_has_nothing_to_mend():
    assert codes() == set()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": ""}, "title-missing"),
        ({"title": "Mitarbeiterbindung: " + "sehr viele Worte " * 6}, "title-long"),
        ({"title": "Bindung"}, "title-short"),
        ({"description": " "}, "description-missing"),
        ({"description": "Mitarbeiterbindung ist wichtig. " * 9}, "description-long"),
        ({"description": "Mitarbeiterbindung."}, "description-short"),
        ({"slug": "mitarbeiterbindung-" * 5}, "slug-long"),
        ({"cover": ""}, "cover-missing"),
        ({"html": GOOD["html"].replace("h1>", "h2>")}, "h1-missing"),
        ({"html": GOOD["html"] + "<h1>Noch einer</h1>"}, "h1-many"),
        ({"html": GOOD["html"] + "<h4>Zu tief</h4>"}, "heading-order"),
        ({"html": GOOD["html"] + "<h2> </h2>"}, "heading-empty"),
        ({"html": GOOD["html"].replace("h2>", "strong>")}, "heading-none"),
        ({"html": GOOD["html"] + '<img src="/pictures/a.webp" alt=" ">'}, "alt-missing"),
        ({"html": GOOD["html"] + '<img src="/pictures/a.webp">'}, "alt-missing"),
        ({"html": GOOD["html"] + '<img src="https://fremd.example/a.png" alt="A">'}, "picture-foreign"),
        ({"html": GOOD["html"] + '<a href="/blog/gibt-es-nicht">Dort</a>'}, "link-broken"),
        ({"html": GOOD["html"] + '<a href="/gibt-es-auch-nicht?x=1#y">Dort</a>'}, "link-broken"),
        ({"html": GOOD["html"] + '<a href="/f/kein-formular">Dort</a>'}, "link-broken"),
        ({"html": GOOD["html"] + '<a href="http://localhost:8000/p/nichts">Dort</a>'}, "link-broken"),
        ({"html": GOOD["html"] + '<a href="#nirgends">Dort</a>'}, "link-broken"),
        ({"html": GOOD["html"].replace('href="/blog/"', 'href="https://fremd.example/"')}, "link-none"),
        ({"html": GOOD["html"] + '<a href="/blog/">hier</a>'}, "link-words"),
        ({"html": "<h1>Mitarbeiterbindung</h1><p>Mitarbeiterbindung</p>"}, "text-thin"),
        ({"html": GOOD["html"] + f"<p>{'Wort ' * 130}</p>"}, "paragraph-long"),
        ({"keyword": ""}, "keyword-none"),
        ({"title": "Fünf Schritte, die in der Praxis wirken"}, "keyword-title"),
        ({"html": GOOD["html"].replace("Mitarbeiterbindung beginnt", "Alles beginnt")}, "keyword-first"),
        ({"description": GOOD["description"].replace("Mitarbeiterbindung", "Das")}, "keyword-description"),
        ({"slug": "fuenf-schritte"}, "keyword-slug"),
        ({"html": GOOD["html"].replace("Warum Mitarbeiterbindung", "Warum das")}, "keyword-headings"),
        ({"html": GOOD["html"] + f"<p>{'Mitarbeiterbindung ' * 40}</p>"}, "keyword-stuffed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_finding_is_found(changed, code):
    assert code in codes(**changed)


def test_a_title_that_another_public_page_has():
    other = an_article(title=GOOD["title"].upper(), slug="anderer")
    assert "title-twice" not in codes()
    release(other, None, None)
    assert "title-twice" in codes()
    assert "title-twice" not in codes(path="/blog/anderer")


def test_what_is_not_public_yet_is_not_broken():
    draft = an_article(slug="bald")
    html = GOOD["html"] + '<a href="/blog/bald">Bald</a>'
    assert "link-coming" in codes(html=html)
    release(draft, None, None)
    assert codes(html=html) == set()


def test_addresses_of_the_house_are_known():
    LandingPage.objects.create(slug="x", at="preise", title="Preise", published_at=now(), updated_at=now())
    links = "".join(
        f'<a href="{path}">Ein guter Name</a>'
        for path in ("/preise", "/p/x", "/rss.xml", "/blog/?category=A", "mailto:a@b.example")
    )
    assert codes(html=GOOD["html"] + links) == set()


def test_all_links_of_a_page_are_asked_for_at_once(django_assert_max_num_queries):
    links = "".join(f'<a href="/blog/a{n}">Name {n}</a><a href="/p/b{n}">Name {n}</a>' for n in range(200))
    with django_assert_max_num_queries(6):
        found = check(Checked(**{**GOOD, "html": GOOD["html"] + links}))
    assert sum(finding.code == "link-broken" for finding in found) == 400


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_finding_has_a_sentence_and_a_remedy(language):
    bad = Checked(title="x", html="<h2></h2><img src='//a'><a href='/x'>hier</a>", keyword="lohn")
    with override(language):
        found = check(bad)
    assert verdict(found) == "bad"
    assert [f.level for f in found] == sorted((f.level for f in found), key=["bad", "warn", "hint"].index)
    for finding in found:
        assert finding.sentence.endswith((".", "…", "”.", "».")), finding
        assert len(finding.remedy) > 15
        assert "%(" not in finding.sentence + finding.remedy


@pytest.mark.parametrize(
    "html", ["", "<", "<h1", "<a href=>x", "<p>" * 2000, "\0", "<h1>" + "x" * 100_000, "<img alt='", "&#xD800;"]
)
def test_broken_html_breaks_nothing(html):
    assert check(Checked(title="Titel", html=html))


def test_german_endings_are_no_other_words():
    assert holds("Was Kündigungen kosten", "Kündigung")
    assert holds("Die Mitarbeiterbindungen", "mitarbeiterbindung")
    assert not holds("Was Löhne kosten", "Kündigung")


def test_wide_letters_are_wider():
    assert pixels("WWWW", TITLE_SIZE) > 2 * pixels("iiii", TITLE_SIZE)
    assert pixels("ä", TITLE_SIZE) == pixels("a", TITLE_SIZE)
