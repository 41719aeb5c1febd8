"""Drafts: each save a revision, undo and redo, two writers at once, what visitors see meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages import block_edits as edits
from reif.attract.pages.address import move
from reif.attract.pages.draft import Change, change, head_of, step
from reif.attract.pages.from_files import load_page
from reif.attract.pages.in_words import differences
from reif.attract.pages.make import duplicate
from reif.attract.pages.publication import end_at, publish_page, schedule, take_down
from reif.attract.pages.refused import Refused
from reif.attract.pages.sheet import sheet
from reif.attract.tests.pages import HERO, QUOTE, TEXT, a_page
from reif.crm.tests.people import a_user
from reif.kit.clock import now, travel
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
Kind = PageRevision.Kind


def write(page: LandingPage, base: int, ident: str, by: int, field: str = "title", **words: str):
    block = sheet(PageRevision.objects.get(pk=base).sheet).block(ident) | words
    return change(page, "a", base, Change(Kind.EDIT, edits.put(block), block=ident, field=field), by=by)


def said(page: LandingPage) -> list[str]:
    page.refresh_from_db()
    return [str(b.get("title") or b.get("text")) for b in sheet(head_of(page).sheet).blocks]


@pytest.fixture
def anna():
    return a_user("marketing").pk


@pytest.fixture
def beat():
    return a_user("marketing").pk


def test_a_draft_changes_nothing_for_visitors_until_it_is_published(client, anna):
    page = a_page()
    kept = write(page, head_of(page).pk, "b1", anna, title="Neu")
    assert "Viel Zeit" in client.get(page.path).content.decode()
    publish_page(page, kept.head, by=anna)
    assert "Neu" in client.get(page.path).content.decode()
    assert Event.objects.filter(kind="content.published", topic=page.path).count() == 1


def test_letters_in_one_field_are_one_step_and_undo_goes_field_by_field(anna):
    page = a_page()
    base = head_of(page).pk
    for words in ("N", "Ne", "Neu"):
        base = write(page, base, "b1", anna, title=words).head.pk
    base = write(page, base, "b1", anna, field="text", text="Anders.").head.pk
    assert page.revisions.count() == 3
    base = step(page, "a", base, back=True).pk
    base = step(page, "a", base, back=True).pk
    assert said(page) == ["Viel Zeit", "Mehr dazu"]
    assert step(page, "a", base, back=True) is None
    base = step(page, "a", base, back=False).pk
    assert said(page) == ["Neu", "Mehr dazu"]
    write(page, base, "b2", anna, title="Zweig")
    assert step(page, "a", head_of(LandingPage.objects.get(pk=page.pk)).pk, back=False) is None


def test_two_writers_in_different_blocks_are_merged(anna, beat):
    page = a_page()
    base = head_of(page).pk
    write(page, base, "b1", anna, title="Von Anna")
    kept = write(page, base, "b2", beat, title="Von Beat")
    assert (kept.merged, kept.aside) == (True, None)
    assert said(page) == ["Von Anna", "Von Beat"]


def test_two_writers_in_one_block_lose_nothing(anna, beat):
    page = a_page()
    base = head_of(page).pk
    write(page, base, "b1", anna, title="Von Anna")
    kept = write(page, base, "b1", beat, title="Von Beat")
    assert said(page) == ["Von Anna", "Mehr dazu"]
    assert sheet(kept.aside.sheet).block("b1")["title"] == "Von Beat"
    gone = change(page, "a", base, Change(Kind.REMOVE, edits.remove("b1"), block="b1"), by=beat)
    assert gone.aside is not None


def test_order_keeps_what_somebody_has_added_meanwhile(anna, beat):
    page = a_page(HERO, TEXT, QUOTE)
    base = head_of(page).pk
    change(page, "a", base, Change(Kind.ADD, edits.add({**TEXT, "id": "neu", "title": "Dazu"}, "b1")), by=anna)
    change(page, "a", base, Change(Kind.ORDER, edits.order(["b3", "b1", "b2"])), by=beat)
    assert said(page) == ["Sehr gut.", "Viel Zeit", "Dazu", "Mehr dazu"]


def test_a_page_with_gaps_is_not_published(anna):
    page = a_page(published=False)
    kept = write(page, head_of(page).pk, "b1", anna, title="")
    with pytest.raises(Refused, match=r"Überschrift|Heading"):
        publish_page(page, kept.head, by=anna)
    empty = a_page(published=False)
    with pytest.raises(Refused):
        publish_page(
            empty,
            change(empty, "a", head_of(empty).pk, Change(Kind.REMOVE, lambda s: s.with_(blocks=[])), anna).head,
            anna,
        )


def test_what_differs_is_said_in_words(anna):
    page = a_page()
    old = sheet(head_of(page).sheet)
    new = edits.add({**QUOTE, "id": "q"}, "b1")(edits.remove("b2")(old)).with_(title="Anders", bare=True)
    new = edits.put(new.block("b1") | {"title": "Wenig Zeit"})(new)
    sorts = [(d.sort, d.was, d.becomes) for d in differences(old, new)]
    assert ("changed", "Viel Zeit", "Wenig Zeit") in sorts
    assert {sort for sort, _w, _b in sorts} == {"changed", "added", "removed"}
    moved = differences(old, edits.order(["b2", "b1"])(old))
    assert [d.sort for d in moved] == ["moved"]


def test_a_plan_publishes_the_very_revision_and_takes_the_page_down(client, anna):
    page = a_page(published=False)
    chosen = head_of(page)
    schedule(page, chosen, now() + timedelta(hours=1))
    write(page, chosen.pk, "b1", anna, title="Später geschrieben")
    end_at(page, now() + timedelta(hours=3), "/impressum")
    settle(at=now() + timedelta(minutes=59))
    assert client.get(page.path).status_code == 404
    with travel(timedelta(hours=2)):
        settle()
        answer = client.get(page.path).content.decode()
        assert "Viel Zeit" in answer
        assert "Später geschrieben" not in answer
    with travel(timedelta(hours=4)):
        settle()
        assert client.get(page.path)["Location"] == "/impressum"
    assert Event.objects.filter(kind="page.closed", topic=page.path).exists()
    with pytest.raises(Refused):
        schedule(page, chosen, now() - timedelta(minutes=1))


def test_a_page_that_was_taken_down_is_gone_and_may_come_back(client, anna):
    page = a_page()
    take_down(page, "", by=anna)
    answer = client.get(page.path)
    assert answer.status_code == 410
    assert page.title in answer.content.decode()
    publish_page(page, head_of(page), by=anna)
    assert client.get(page.path).status_code == 200


@pytest.mark.parametrize("goal", ["javascript:alert(1)", "//böse.example", "preise", "https://a b"])
def test_visitors_are_sent_to_addresses_only(goal, anna):
    with pytest.raises(Refused):
        take_down(a_page(), goal, by=anna)


def test_who_knows_the_old_address_is_sent_on(client):
    page = a_page(title="Alt")
    move(page, "neu", "kurz")
    assert client.get("/p/alt?utm_source=x")["Location"] == "/kurz?utm_source=x"
    assert client.get("/p/neu").status_code == 301
    move(LandingPage.objects.get(pk=page.pk), "neuer", "")
    assert client.get("/kurz")["Location"] == "/p/neuer"
    assert client.get("/p/alt")["Location"] == "/p/neuer"


@pytest.mark.parametrize(
    ("slug", "at"), [("Grösse", ""), ("", ""), ("a", "people"), ("a", "t--x"), ("a", "pages"), ("schon-da", "")]
)
def test_an_address_that_cannot_be_is_refused(slug, at):
    a_page(title="Schon da")
    page = a_page()
    with pytest.raises(Refused):
        move(page, slug, at)
    page.refresh_from_db()
    assert page.slug.startswith("seite-")


def test_a_copy_is_a_draft_of_its_own(client):
    page = a_page()
    copy = duplicate(page, by=None)
    assert client.get(copy.path).status_code == 404
    ids = {b["id"] for b in sheet(head_of(copy).sheet).blocks}
    assert not ids & {"b1", "b2"}


def test_a_page_edited_in_the_browser_is_not_overwritten_by_its_file(tmp_path, client, anna):
    file = tmp_path / "angebot.toml"
    facts = {"title": "Angebot", "blocks": [HERO]}
    page, new = load_page(file, facts, now())
    assert new
    load_page(file, facts | {"title": "Angebot zwei"}, now())
    assert "Angebot zwei" in client.get("/p/angebot").content.decode()
    page.refresh_from_db()
    kept = write(page, head_of(page).pk, "b1", anna, title="Im Browser")
    publish_page(page, kept.head, by=anna)
    load_page(file, facts | {"title": "Angebot drei"}, now())
    load_page(file, facts | {"title": "Angebot drei"}, now())
    answer = client.get("/p/angebot").content.decode()
    assert "Im Browser" in answer
    assert "Angebot drei" not in answer
    assert page.revisions.filter(kind=Kind.FILE).order_by("-number").first().sheet["title"] == "Angebot drei"
    assert page.revisions.filter(kind=Kind.FILE).count() == 2
