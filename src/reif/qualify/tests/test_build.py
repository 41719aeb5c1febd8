"""A new scoring is reckoned beside the old one: visible progress, no half-done state, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.crm import change_places
from reif.crm.models import Person, Standing
from reif.crm.tests.people import a_person, a_user
from reif.log.append import writing
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.apply import Overtaken, apply
from reif.playbook.current import revision
from reif.playbook.draft import read_plain
from reif.playbook.models import Revision
from reif.qualify.models import Build, Point
from reif.qualify.publish import build
from reif.qualify.publish.progress import Progress, progress
from reif.qualify.scoring.in_force import ON_ITS_WAY, live
from reif.qualify.tests.ways import happen, in_force, view

pytestmark = pytest.mark.django_db


def scoring(points: int, **more: object) -> dict[str, object]:
    return {"model": [{"rule": [{"key": "price", "on": "page.viewed", "points": points, **more}]}]}


@pytest.fixture(params=["events", "columns"])
def people(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Person]:
    """Six people who looked twice; history is read event by event, and by columns, as that of many people."""
    read_by(request.param, monkeypatch, tmp_path)
    monkeypatch.setattr(build, "PIECE", 4)
    monkeypatch.setattr(build, "NEAR", 2)
    return six_who_looked_twice()


def read_by(way: str, monkeypatch: pytest.MonkeyPatch, lake: Path) -> None:
    """Few are read as many are: by `events` or by `columns`, two people at a time."""
    monkeypatch.setenv("REIF_LAKE", str(lake))
    monkeypatch.setattr(build, "LARGE", 0 if way == "columns" else 10**12)
    monkeypatch.setattr(build, "CROWD", 2)
    monkeypatch.setattr(build, "SPAN", 2)
    if way == "columns":
        monkeypatch.setattr(change_places, "FEW", 0)


def six_who_looked_twice() -> list[Person]:
    """Under a scoring in force."""
    in_force(scoring=scoring(5))
    settle()
    made = [a_person() for _ in range(6)]
    happen(*(view(p.id, "/preise") for p in made for _ in range(2)))
    settle()
    return made


def scores(people: list[Person]) -> list[int]:
    return list(Person.objects.filter(id__in=[p.id for p in people]).order_by("id").values_list("score", flat=True))


def one_piece() -> None:
    build.go_on()


def _dies() -> None:
    with writing():
        build.go_on()
        raise RuntimeError("the machine went away")


def how_far() -> Progress:
    found = progress()
    assert found is not None
    return found


def everything(people: list[Person]) -> list[object]:
    """What a step may change."""
    builds = Build.objects.order_by("id").values_list("id", "state", "position", "person", "reckoned")
    counts = (Point.objects.count(), Standing.objects.count(), Event.objects.count())
    return [scores(people), list(builds), counts]


def begin() -> None:
    said = Event.objects.filter(kind="playbook.applied").latest("id")
    from reif.log.event import event_of

    with writing():
        build.begin([event_of(said)])


def test_old_scores_count_until_the_switch_and_new_events_are_in_both(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    seen = [how_far()]
    while Build.objects.filter(state__in=ON_ITS_WAY).exists():
        assert scores(people) == [10] * 6
        one_piece()
        seen.append(how_far())
    assert scores(people) == [14] * 6
    states = [p.state for p in seen]
    assert list(dict.fromkeys(states)) == ["deeds", "people", "telling"]
    assert [p.done for p in seen if p.state == "people"][:4] == [0, 2, 4, 6]
    assert seen[-1].changed == 6
    happen(view(people[0].id, "/preise"))
    settle()
    assert scores(people)[0] == 21
    assert set(Point.objects.values_list("build", flat=True)) == {live().number}
    assert not Standing.objects.exclude(build=live().number).exists()
    assert how_far().state == "done"


def test_what_happens_meanwhile_is_caught_up(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    one_piece()
    happen(view(people[0].id, "/preise"))
    settle()
    assert scores(people) == [21, *[14] * 5]
    said = Event.objects.filter(kind="scoring.rebuilt").latest("id")
    assert said.body["people"] == 6


def test_death_in_the_middle_of_any_step_loses_nothing_and_leaves_nothing_half(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    steps = 0
    while Build.objects.exclude(state="live").exists():
        before = everything(people)
        with pytest.raises(RuntimeError):
            _dies()
        assert everything(people) == before
        one_piece()
        steps += 1
    assert steps > 8
    settle()
    assert scores(people) == [14] * 6
    assert Event.objects.filter(kind="scoring.rebuilt").count() == 2
    assert set(Point.objects.values_list("build", flat=True)) == {live().number}


def test_what_happens_at_the_switch_counts_once(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    while how_far().done < 6:
        one_piece()
    happen(view(people[0].id, "/preise"))  # nobody has scored it when the switch comes
    while how_far().is_before:
        one_piece()
    happen(view(people[1].id, "/preise"))
    assert scores(people) == [14] * 6
    settle()
    assert scores(people) == [21, 21, *[14] * 4]
    assert Point.objects.count() == 14


def test_two_revisions_in_a_row_leave_only_the_last(people: list[Person]) -> None:
    in_force(scoring=scoring(7))
    begin()
    one_piece()
    in_force(scoring=scoring(9))
    settle()
    assert scores(people) == [18] * 6
    assert not Point.objects.exclude(build=live().number).exists()


def test_other_names_reckon_nothing(people: list[Person]) -> None:
    before = live().number
    in_force(scoring=scoring(5, words={"de": "Preise"}))
    settle()
    assert live().number == before
    assert live().engines[0].model.rules[0].words == {"de": "Preise"}


def test_the_second_of_two_who_publish_is_told_and_nothing_is_lost(people: list[Person]) -> None:
    seen, anna = revision(), a_user("marketing")
    first = apply(read_plain({"scoring": scoring(7)}), by=anna, expected=seen)
    with pytest.raises(Overtaken):
        apply(read_plain({"scoring": scoring(9)}), expected=seen)
    assert revision() == first.id
    assert Revision.objects.get(id=seen).said["scoring"]["model"][0]["rule"][0]["points"] == 5
    settle()
    assert scores(people) == [14] * 6
