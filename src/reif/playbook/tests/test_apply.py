"""Applying is all or nothing, once, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from reif.crm.tests.people import a_company, a_person, a_user
from reif.log.models import Event
from reif.playbook.apply import Overtaken
from reif.playbook.command import (
    NoSuchRevision,
    Refused,
    apply_edited,
    apply_folder,
    check_folder,
    diff_folder,
    export_folder,
    revert_to,
    try_folder,
)
from reif.playbook.current import current, revision
from reif.playbook.tests.sections import POINTS, a_folder, known_sections, nothing_in_force  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_sections")]


@pytest.mark.usefixtures("nothing_in_force")
def test_nothing_is_in_force_at_first() -> None:
    assert revision() == 0
    assert current("points").rules == ()


def test_a_folder_comes_into_force(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path), note="first")
    assert current("points").rules[0].points == 10
    event = Event.objects.get(kind="playbook.applied")
    assert event.body["sections"] == ["points"]
    assert event.body["revision"] == revision()


def test_applying_what_is_in_force_says_nothing(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    apply_folder(tmp_path)
    assert Event.objects.filter(kind="playbook.applied").count() == 1


def test_an_error_is_refused_whole_and_the_old_one_goes_on(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    before = revision()
    (tmp_path / "points.toml").write_text('[[rules]]\nkey = "a"\npoints = "many"\n\n[[rules]]\nkey = "b"\npoint = 3\n')
    (tmp_path / "routes.toml").write_text('team = "x"')
    with pytest.raises(Refused) as refused:
        apply_folder(tmp_path)
    assert [(p.file, p.line) for p in refused.value.problems] == [
        ("points.toml", 3),
        ("points.toml", 5),
        ("points.toml", 7),
    ]
    assert "points" in refused.value.problems[2].remedy
    assert revision() == before
    assert current("points").rules[0].points == 10


def test_sections_are_checked_against_each_other(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, routes='team = "nord"\nrule = "nothing"\n')
    (problem,) = check_folder(folder)
    assert (problem.file, problem.line) == ("routes.toml", 2)


def test_the_second_of_two_is_told(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path), by=a_user(first_name="Lena", last_name="Frei"))
    seen = revision()
    (tmp_path / "routes.toml").write_text('team = "nord"')
    apply_folder(tmp_path, by=a_user(first_name="Lena", last_name="Frei"), expected=seen)
    (tmp_path / "routes.toml").write_text('team = "sued"')
    with pytest.raises(Overtaken, match="Lena Frei"):
        apply_folder(tmp_path, expected=seen)
    assert current("routes").team == "nord"


def test_going_back(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    first = revision()
    (tmp_path / "points.toml").write_text('[[rules]]\nkey = "price_page"\npoints = 15\n')
    apply_folder(tmp_path)
    assert current("points").rules[0].points == 15
    revert_to()
    assert revision() == first
    assert current("points").rules[0].points == 10
    assert Event.objects.filter(kind="playbook.applied").latest("id").body["reverted"] is True


def test_export_and_apply_is_nothing(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    before = revision()
    other = tmp_path / "out"
    export_folder(other)
    assert diff_folder(other) == []
    apply_folder(other)
    assert revision() == before


def test_the_difference_in_words(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    (tmp_path / "points.toml").write_text('[[rules]]\nkey = "price_page"\npoints = 15\n')
    assert diff_folder(tmp_path)[0] == "points: rules price_page · points: 10 → 15"


def test_trying_says_for_whom(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    a_person(company=a_company(size=60))
    a_person(company=a_company(size=30))
    wider = POINTS.replace("value = 50", "value = 20").replace(
        '  { did = "page.viewed", topic = "/preise", within = "30d" },\n', ""
    )
    (tmp_path / "points.toml").write_text(wider)
    with override("en"):
        said = try_folder(tmp_path)
    assert said[-1] == "points: rules price_page · when: 0 people now, 2 after that; 2 come in, 0 drop out"
    assert current("points").rules[0].points == 10


def test_an_unknown_revision_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSuchRevision, match="deadbeef"):
        revert_to("deadbeef")


@pytest.mark.usefixtures("nothing_in_force")
def test_a_folder_does_not_overwrite_what_came_into_force_since(tmp_path: Path) -> None:
    mine, theirs = a_folder(_made(tmp_path / "mine")), tmp_path / "theirs"
    apply_edited(mine)
    export_folder(theirs)
    (theirs / "points.toml").write_text(POINTS.replace("10", "11"))
    apply_edited(theirs)
    apply_edited(theirs)
    (mine / "points.toml").write_text(POINTS.replace("10", "12"))
    with override("en"), pytest.raises(Overtaken, match=r"was made from revision .* is in force by now.*--force"):
        apply_edited(mine)
    assert current("points").rules[0].points == 11
    apply_edited(mine, force=True)
    assert current("points").rules[0].points == 12
    (mine / "points.toml").write_text(POINTS.replace("10", "13"))
    apply_edited(mine)
    assert current("points").rules[0].points == 13


def test_a_folder_of_unknown_origin_is_applied_when_nothing_is_lost_by_it(tmp_path: Path) -> None:
    apply_folder(a_folder(tmp_path))
    apply_edited(tmp_path)
    unknown = a_folder(_made(tmp_path / "other"))
    (unknown / "points.toml").write_text(POINTS.replace("10", "12"))
    with override("de"), pytest.raises(Overtaken, match="sagt nicht, aus welcher Revision"):
        apply_edited(unknown)
    assert current("points").rules[0].points == 10


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
