"""The frame: navigation by role, error pages that need nothing, the small tags."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from reif.staff import nav
from reif.staff.models import Role, User
from reif.staff.templatetags import ui


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "_entries", {})
    nav.entry("design", "Components", "staff:design", "users", order=2)
    nav.entry("door", "Sign in", "account_login", "inbox", order=1, roles={"seller"}, count=lambda user: 3)
    nav.entry("gone", "Gone", "nowhere:at_all", "x")
    return


@pytest.mark.usefixtures("lines")
def test_a_role_sees_its_lines_and_missing_pages_are_left_out() -> None:
    seller, analyst = User(role=Role.SELLER), User(role=Role.ANALYST)
    assert [link.entry.key for link in nav.entries_for(seller)] == ["door", "design"]
    assert [link.entry.key for link in nav.entries_for(analyst)] == ["design"]


@pytest.mark.usefixtures("lines")
def test_the_longest_address_is_the_present_page() -> None:
    links = nav.entries_for(User(role=Role.SELLER), "/design/parts")
    assert [link.entry.key for link in links if link.current] == ["design"]
    assert nav.entries_for(User(role=Role.SELLER))[0].count == 3


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="sell, grow, learn, run"):
        nav.entry("x", "X", "staff:design", "x", group="other")


@pytest.mark.parametrize("page", ["400", "403", "404", "500", "503", "csrf"])
def test_error_pages_need_neither_request_nor_database(page: str) -> None:
    with override("de"):
        assert "Startseite" in render_to_string(f"{page}.html")


@pytest.mark.django_db
@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(("language", "words"), [("de", "Hier ist nichts"), ("en", "There is nothing here")])
def test_who_is_signed_in_reads_errors_inside_the_frame(client: Client, language: str, words: str) -> None:
    assert "sidebar" not in client.get("/design/nowhere").content.decode()
    client.force_login(User.objects.create_user("ana@example.org", "x", role=Role.ANALYST, language=language))
    lost = client.get("/design/nowhere")
    assert lost.status_code == 404
    assert words in lost.content.decode()
    assert 'class="sidebar"' in lost.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("lines")
def test_the_number_of_an_entry_is_for_those_who_see_it(client: Client) -> None:
    client.force_login(User.objects.create_user("vera@example.org", "x", role=Role.SELLER))
    assert client.get("/counts/door").content == b"3"
    assert 'data-count="door">3<' in client.get("/design").content.decode()
    assert client.get("/counts/design").status_code == 404
    client.force_login(User.objects.create_user("ana@example.org", "x", role=Role.ANALYST))
    assert client.get("/counts/door").status_code == 404


@pytest.mark.django_db
def test_the_sign_in_page_is_ours_in_both_languages(client: Client) -> None:
    assert "Anmelden" in client.get("/accounts/login/", headers={"accept-language": "de"}).content.decode()
    assert "Good to see you" in client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()


@pytest.mark.django_db
def test_the_design_page_draws_every_component(client: Client) -> None:
    client.force_login(User.objects.create_user("ana@example.org", "x", role=Role.ANALYST))
    page = client.get("/design").content.decode()
    for part in ("grid-table", "data-stage", "sla-clock", "reif-chart", "pop-menu", "moment-icon", "searchbox"):
        assert part in page


@pytest.mark.django_db
def test_choosing_a_language_is_remembered_with_the_person(client: Client) -> None:
    user = User.objects.create_user("ana@example.org", "x", language="de")
    client.force_login(user)
    client.post("/language", {"language": "en", "next": "/design"})
    user.refresh_from_db()
    assert user.language == "en"
    client.post("/language", {"language": "xx", "next": "/design"})
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anna-Lena Müller", "AM"), ("anna@firma.ch", "A"), ("øyvind sørensen", "ØS"), ("", "?"), (None, "?")],
)
def test_initials(name: str | None, letters: str) -> None:
    assert ui.initials(name) == letters


def test_an_unknown_icon_names_the_closest() -> None:
    with pytest.raises(ui.UnknownIcon, match="users"):
        ui.icon("userz")


def test_json_cannot_end_its_script() -> None:
    assert "<" not in ui.to_json({"name": "</script><b>"})


def test_the_query_keeps_what_is_not_changed() -> None:
    context = Context({"request": RequestFactory().get("/people?stage=mql&page=3")})
    assert Template("{% load ui %}{% query page=None sort='score' %}").render(context) == "?stage=mql&amp;sort=score"


def test_names_are_escaped_in_rows() -> None:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    text = Template("{% load rows %}{% avatar name %}{% stage name %}{% score 82 name %}{% ago at %}{% ago None %}")
    page = text.render(Context({"name": "<i>x", "at": moment}))
    assert "<i>" not in page
    assert 'data-band="ripe"' in page
    assert 'at="2026-11-23T12:00:00+00:00"' in page
