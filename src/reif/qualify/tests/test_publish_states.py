"""In each state of a publication: how far it is, and that going back, stopping and dying leave one whole scoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.crm.models import Person, Standing
from reif.crm.tests.people import a_person
from reif.log.worker import settle
from reif.playbook.apply import revert
from reif.playbook.current import current, revision
from reif.playbook.models import Revision
from reif.qualify.models import Build, Point
from reif.qualify.publish.stop import stop
from reif.qualify.scoring.in_force import live
from reif.qualify.tests.test_build import begin, how_far, one_piece, read_by, scores, scoring, six_who_looked_twice
from reif.qualify.tests.ways import happen, in_force, view

pytestmark = pytest.mark.django_db
STATES = ["deeds", "people", "telling", "gone"]


@pytest.fixture(params=["events", "columns"])
def people(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Person]:
    read_by(request.param, monkeypatch, tmp_path)
    return six_who_looked_twice()


def publish(points: int, until: str) -> None:
    """Piece by piece until a build is in this state."""
    in_force(scoring=scoring(points))
    begin()
    while not Build.objects.filter(state=until).exists():
        one_piece()


def whole(people: list[Person], points: int) -> None:
    """Everybody has two views' points, and nothing is left of any other reckoning."""
    assert scores(people) == [2 * points] * len(people)
    assert current("scoring").main.rules[0].points == points
    assert set(Point.objects.values_list("build", flat=True)) == {live().number}
    assert set(Standing.objects.values_list("build", flat=True)) == {live().number}
    assert list(Build.objects.values_list("state", flat=True)) == ["live"]


def test_telling_is_told_as_a_share_of_people_wherever_their_ids_begin(people: list[Person]) -> None:
    late = [a_person(pk=people[-1].pk + 1_000_000 + n) for n in range(2)]
    happen(*(view(p.pk, "/preise") for p in late for _ in range(2)))
    settle()
    publish(7, "telling")
    seen = [how_far()]
    while how_far().state == "telling":
        one_piece()
        seen.append(how_far())
    assert [one.done for one in seen if one.state == "telling"] == [0, 2, 4, 6, 8]
    assert [one.percent for one in seen if one.state == "telling"] == [0, 25, 50, 75, 99]
    assert seen[-1].state == "done"


@pytest.mark.parametrize("state", STATES)
def test_going_back_in_any_state_ends_with_the_points_of_before(people: list[Person], state: str) -> None:
    before = Revision.objects.get(pk=revision())
    publish(7, state)
    revert(before)
    settle()
    whole(people, 5)


@pytest.mark.parametrize("state", STATES)
def test_another_revision_in_any_state_takes_its_place(people: list[Person], state: str) -> None:
    publish(7, state)
    in_force(scoring=scoring(9))
    settle()
    whole(people, 9)


@pytest.mark.parametrize("state", STATES)
def test_it_is_stopped_before_the_switch_and_not_after(people: list[Person], state: str) -> None:
    publish(7, state)
    before = state in ("deeds", "people")
    assert stop(None) == before
    settle()
    whole(people, 5 if before else 7)
