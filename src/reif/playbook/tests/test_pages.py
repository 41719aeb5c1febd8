"""The pages: readable for everybody, changed by marketing and administrators, in few queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from reif.crm.tests.people import a_user
from reif.playbook.command import apply_folder
from reif.playbook.current import current, revision
from reif.playbook.models import Activation, Revision
from reif.playbook.section import sections
from reif.playbook.tests.sections import POINTS, a_folder, known_sections, nothing_in_force  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_sections")]
BUDGET = 12  # session, user, badges of the navigation, and our own three


def signed_in(role: str = "marketing") -> Client:
    client = Client()
    client.force_login(a_user(role=role))
    return client


def two_revisions(folder: Path) -> Revision:
    apply_folder(a_folder(folder))
    (folder / "points.toml").write_text('[[rules]]\nkey = "price_page"\npoints = 15\n')
    apply_folder(folder)
    return Revision.objects.earliest("id")


@pytest.mark.usefixtures("nothing_in_force")
def test_before_the_first_the_page_says_what_to_do() -> None:
    assert "reif playbook apply" in signed_in().get("/playbook").content.decode()


def test_sections_and_history(tmp_path: Path, django_assert_max_num_queries: object) -> None:
    two_revisions(tmp_path)
    client = signed_in("seller")
    with django_assert_max_num_queries(BUDGET):  # type: ignore[operator]
        page = client.get("/playbook").content.decode()
    assert page.count("/playbook/revisions/") == 2
    assert "points.toml" in page
    assert f'title="{sections()["points"].title or "points"}"' in page


def test_a_section_in_words(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    page = signed_in("analyst").get("/playbook/sections/points").content.decode()
    assert "Firmengrösse ist mindestens 50 und war in den letzten 30 Tagen auf /preise" in page
    assert signed_in().get("/playbook/sections/nothing").status_code == 404


def test_what_a_revision_changed_and_the_way_back(tmp_path: Path) -> None:
    first = two_revisions(tmp_path)
    client = signed_in()
    assert "10 → 15" in client.get(f"/playbook/revisions/{revision()}").content.decode()
    assert "15 → 10" in client.get(f"/playbook/revisions/{first.id}").content.decode()
    answer = client.post("/playbook/active", {"revision": first.id, "expected": revision()})
    assert answer.status_code == 302
    assert current("points").rules[0].points == 10


def test_going_back_from_an_old_page_changes_nothing(tmp_path: Path) -> None:
    first = two_revisions(tmp_path)
    signed_in().post("/playbook/active", {"revision": first.id, "expected": first.id})
    assert current("points").rules[0].points == 15


@pytest.mark.parametrize("role", ["seller", "manager", "analyst"])
def test_others_read_only(role: str, tmp_path: Path) -> None:
    first = two_revisions(tmp_path)
    client = signed_in(role)
    assert client.post("/playbook/active", {"revision": first.id}).status_code == 403
    assert client.post("/playbook/sections/points/text", {"text": ""}).status_code == 403
    assert 'action="/playbook/active"' not in client.get(f"/playbook/revisions/{first.id}").content.decode()


def test_edit_check_publish(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    client, address = signed_in(), "/playbook/sections/points/text"
    page = client.get(address)
    assert "key = &quot;price_page&quot;" in page.content.decode()
    better = POINTS.replace("points = 10", "points = 12")
    sent = {"text": better.replace("\n", "\r\n"), "expected": revision(), "note": "mehr"}
    assert "10 → 12" in client.post(address, {**sent, "do": "check"}).content.decode()
    assert current("points").rules[0].points == 10
    assert client.post(address, {**sent, "do": "publish"}).status_code == 302
    assert current("points").rules[0].points == 12
    assert Activation.objects.latest("id").note == "mehr"
    again = client.post(address, {**sent, "text": POINTS.replace("10", "13"), "do": "publish"})
    assert again.status_code == 409
    assert "points = 13" in again.content.decode()
    assert current("points").rules[0].points == 12


def test_an_error_names_its_line_and_keeps_the_text(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    wrong = POINTS.replace("company.size", "company.sise")
    answer = signed_in().post(
        "/playbook/sections/points/text", {"text": wrong, "expected": revision(), "do": "publish"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "points.toml:6" in page
    assert "company.size" in page
    assert "company.sise" in page


def test_a_reference_of_another_section_is_checked_too(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path, routes='rule = "price_page"'))
    answer = signed_in().post("/playbook/sections/points/text", {"text": "", "expected": revision(), "do": "publish"})
    assert answer.status_code == 422
    assert "routes.toml" in answer.content.decode()


def test_the_files_can_be_taken_along(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    answer = signed_in().get("/playbook/files.zip")
    assert answer["Content-Type"] == "application/zip"
    assert answer.content[:2] == b"PK"
