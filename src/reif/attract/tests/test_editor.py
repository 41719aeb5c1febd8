"""The editor: its pages, forms made from structs, the answers to each change, what a preview may and may not."""

from __future__ import annotations

import json
import re

import pytest
from django.http import QueryDict

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages.block_form import BlockForm
from reif.attract.pages.blocks import BY_NAME, decode
from reif.attract.pages.draft import head_of
from reif.attract.pages.film import film, frames_of
from reif.attract.pages.fresh import fresh
from reif.attract.pages.labels import BLOCKS
from reif.attract.pages.list_page import lines
from reif.attract.pages.sheet import sheet
from reif.attract.pages.starters import STARTERS, starter
from reif.attract.tests.pages import a_page, a_test, counted
from reif.crm.tests.people import a_user
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(a_user("marketing", language="de"))
    return client


def posted(block: dict[str, object]) -> QueryDict:
    """What a browser would send for the untouched form of a block."""
    form = BlockForm(block)
    made = QueryDict(mutable=True)
    for name in form.form.fields:
        value = form.form.initial.get(name)
        if "__n__" in name or value in (False, None):
            continue
        made[name] = "on" if value is True else str(value)
    return made


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_form_that_nobody_touched_gives_the_block_back(name):
    block = fresh(name, "de")
    again = BlockForm(block, posted(block)).values()
    assert decode([again]) == decode([block])


def test_every_kind_has_a_name_a_sign_and_a_picture():
    assert set(BLOCKS) == set(BY_NAME)


def test_rows_come_in_the_order_in_which_they_were_sent():
    block = fresh("faq", "de")
    made = QueryDict("items-5-question=Eins&items-5-answer=A&items-0-question=Zwei&items-0-answer=B")
    assert [i["question"] for i in BlockForm(block, made).values()["items"]] == ["Eins", "Zwei"]
    assert BlockForm(block, QueryDict("title=x")).values()["items"] == []


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "data:text/html,x", "ohne Schema", "//a b"])
def test_an_address_that_runs_code_is_refused_beside_its_field_and_the_rest_is_kept(bad):
    block = {"block": "hero", "id": "x", "title": "Alt", "action": {"label": "Los", "href": "/gut"}}
    form = BlockForm(block, QueryDict(mutable=True))
    made = posted(block)
    made["title"], made["action-href"] = "Neu", bad
    form = BlockForm(block, made)
    said = form.values()
    assert (said["title"], said["action"]["href"]) == ("Neu", "/gut")
    assert set(form.errors) == {"action-href"}


def test_a_moment_and_a_zone_that_are_none_are_refused():
    made = QueryDict("title=x&until=morgen&zone=Mitteleuropa&expired=")
    form = BlockForm(fresh("countdown", "de"), made)
    form.values()
    assert set(form.errors) == {"until", "zone"}


def test_the_editor_opens_in_few_queries(desk, django_assert_max_num_queries):
    page = a_page()
    desk.get(f"/pages/{page.pk}")
    with django_assert_max_num_queries(22):
        answer = desk.get(f"/pages/{page.pk}").content.decode()
    assert 'sandbox="allow-scripts"' in answer
    assert answer.count("data-pick=") == 2


def test_a_change_answers_with_what_is_different_and_the_next_base(desk):
    page = a_page()
    base = head_of(page).pk
    words = {"base": base, "title": "Neu", "field": "title", "text": ""}
    said = desk.post(f"/pages/{page.pk}/blocks/b1?base={base}", words).json()
    assert said["base"] != base
    assert "Neu" in said["list"]
    again = desk.post(f"/pages/{page.pk}/blocks/b1", {"base": said["base"], "title": "", "field": "text"}).json()
    assert "title" in again["errors"]
    undone = desk.post(f"/pages/{page.pk}/steps", {"base": again["base"], "way": "back"}).json()
    assert "Neu" in undone["list"]
    assert undone["form"]


def test_adding_copying_moving_and_removing(desk):
    page = a_page()
    said = desk.post(f"/pages/{page.pk}/blocks", {"base": head_of(page).pk, "kind": "quote", "after": "b1"}).json()
    new = said["select"]
    said = desk.post(f"/pages/{page.pk}/blocks/{new}/copies", {"base": said["base"]}).json()
    copy = said["select"]
    said = desk.post(f"/pages/{page.pk}/order", {"base": said["base"], "ids": f"b2,{copy},{new},b1"}).json()
    said = desk.delete(f"/pages/{page.pk}/blocks/{new}?base={said['base']}").json()
    page = LandingPage.objects.get(pk=page.pk)
    assert [b["id"] for b in sheet(head_of(page).sheet).blocks] == ["b2", copy, "b1"]
    assert desk.post(f"/pages/{page.pk}/blocks", {"kind": "iframe"}).status_code == 404


def test_the_second_of_two_writers_is_told_and_finds_the_words_again(client):
    page = a_page()
    base = head_of(page).pk
    client.force_login(a_user("marketing", language="de", first_name="Anna"))
    client.post(f"/pages/{page.pk}/blocks/b1", {"base": base, "title": "Von Anna", "field": "title"})
    client.force_login(a_user("marketing", language="de", first_name="Beat"))
    head = client.get(f"/pages/{page.pk}/head?base={base}").json()
    assert "Anna" in head["other"]
    answer = client.post(f"/pages/{page.pk}/blocks/b1", {"base": base, "title": "Von Beat", "field": "title"})
    assert answer.status_code == 409
    number = re.search(r"/versions/(\d+)", answer.json()["conflict"])[1]
    assert "Von Beat" in client.get(f"/pages/{page.pk}/versions/{number}?with=draft").content.decode()


def test_only_our_own_page_may_frame_the_preview(desk, client):
    page = a_page()
    answer = desk.get(f"/pages/{page.pk}/preview")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    text = answer.content.decode()
    assert 'data-block="b1"' in text
    assert "/t.js" not in text
    client.logout()
    assert client.get(f"/pages/{page.pk}/preview").status_code == 302
    public = client.get(page.path)
    assert "data-block" not in public.content.decode()
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]


def test_the_analyst_reads_and_the_seller_sees_nothing(client):
    page = a_page()
    client.force_login(a_user("analyst"))
    assert client.get(f"/pages/{page.pk}/test").status_code == 200
    assert client.post(f"/pages/{page.pk}/blocks", {"kind": "text"}).status_code == 403
    client.force_login(a_user("seller"))
    assert client.get("/pages").status_code == 403


@pytest.mark.parametrize("key", [k for k in STARTERS if k != "blank"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_template_makes_a_page_that_can_be_shown(desk, key, language):
    desk.post("/pages", {"title": f"Probe {key}", "starter": key, "language": language})
    page = LandingPage.objects.get(title=f"Probe {key}")
    answer = desk.get(f"/pages/{page.pk}/preview").content.decode()
    assert f'lang="{language}"' in answer
    assert answer.count("<h1") == 1
    assert starter(key, "x", language).blocks


def test_a_page_without_a_title_is_not_made(desk):
    assert desk.post("/pages", {"title": " ", "starter": "demo"}).status_code == 422
    assert not LandingPage.objects.exists()


def test_the_list_finds_and_sorts_by_state(desk, django_assert_max_num_queries):
    for n in range(12):
        a_page(title=f"Angebot {n}")
    a_page(title="Überlegt", published=False)
    desk.get("/pages")
    with django_assert_max_num_queries(12):
        shown = desk.get("/pages").content.decode()
    assert "Angebot 7" in shown
    assert "Angebot 7" not in desk.get("/pages?q=uberlegt").content.decode()
    assert "Überlegt" in desk.get("/pages?state=draft").content.decode()
    assert "Überlegt" not in desk.get("/pages?state=published").content.decode()
    assert "Keine Seite passt" in desk.get("/pages?q=gibtesnicht").content.decode()


def test_the_report_says_numbers_and_words(desk):
    test = a_test(days=20)
    counted(test, a=(2000, 100), b=(2000, 160))
    shown = desk.get(f"/pages/{test.page_id}/test").content.decode()
    assert "«Kurz» ist besser" in shown
    assert "160 / 2’000" in shown
    chart = json.loads(re.search(r'application/json">(\{"x".*?)</script>', shown)[1])
    assert [line["name"] for line in chart["series"]] == ["Die Seite, wie sie ist", "Kurz"]
    table = desk.get(f"/pages/{test.page_id}/test?as=table").content.decode()
    assert "160 / 2’000" in table
    desk.post(f"/pages/{test.page_id}/test/outcome", {"winner": "b"})
    test.refresh_from_db()
    assert (test.winner, test.how) == ("b", "hand")


def test_settings_are_checked_and_the_check_for_search_engines_is_shown(desk):
    page = a_page()
    url = f"/pages/{page.pk}/about"
    assert desk.post(url, {"title": "", "language": "de", "base": head_of(page).pk}).status_code == 422
    assert "Für Suchmaschinen" in desk.get(url).content.decode()
    desk.post(url, {"title": "Neu", "language": "de", "base": head_of(page).pk, "hidden": "on"})
    assert sheet(head_of(LandingPage.objects.get(pk=page.pk)).sheet).title == "Neu"
    assert desk.post(f"/pages/{page.pk}/address", {"slug": "Ü"}).status_code == 422


def test_an_earlier_version_comes_back(desk):
    page = a_page()
    first = head_of(page)
    desk.post(f"/pages/{page.pk}/blocks/b1", {"base": first.pk, "title": "Neu", "field": "title"})
    assert "Neu" in desk.get(f"/pages/{page.pk}/versions/2").content.decode()
    desk.post(f"/pages/{page.pk}/versions/1")
    page = LandingPage.objects.get(pk=page.pk)
    assert page.draft.kind == PageRevision.Kind.RESTORE
    assert page.draft.sheet == first.sheet


@pytest.mark.parametrize(
    ("href", "host"),
    [("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"), ("https://youtu.be/dQw4w9WgXcQ?t=3", "YouTube"),
     ("https://vimeo.com/76979871", "Vimeo"), ("/films/a.mp4", ""), ("/films/a.WEBM?x=1", "")],
)  # fmt: skip
def test_films_are_known(href, host):
    found = film(href)
    assert found is not None
    assert found.host == host


@pytest.mark.parametrize(
    "href",
    ["", "https://evil.example/a.mp4", "//evil.example/a.mp4", "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ"],
)
def test_foreign_films_are_not_shown(href):
    assert film(href) is None
    assert frames_of([href]) == []


def test_the_list_counts_who_saw_a_page():
    page = a_page()
    with writing():
        append(*[PageViewed(topic=page.path)] * 3, PageViewed(topic=page.path, machine=True))
    assert [line.views for line in lines([page])] == [3]
