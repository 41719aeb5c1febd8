"""A back-test says what would have happened, as of the time, and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_person
from reif.kit.clock import travel
from reif.lake.open import open_lake
from reif.lake.partitions import empty
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealWon
from reif.log.catalogue.people import ConsentGiven, ConsentWithdrawn, PersonStaged
from reif.log.catalogue.routing import AssignmentAccepted
from reif.log.catalogue.web import ContentDownloaded, PageViewed, WebinarRegistered
from reif.playbook.draft import Draft, read_plain
from reif.qualify.backtest.compare import TooLittle, compare
from reif.qualify.backtest.deeds import Deeds
from reif.qualify.backtest.deeds import deeds as gather
from reif.qualify.backtest.history import history
from reif.qualify.backtest.judge import _auc, _deciles, _thresholds
from reif.qualify.backtest.moving import Slice
from reif.qualify.backtest.standings import Replay
from reif.qualify.replay.matching import of_the_deed
from reif.qualify.replay.sums import predicates
from reif.qualify.tests import by_hand
from reif.qualify.tests.histories import END, histories, models
from reif.qualify.tests.test_replay import live, world
from reif.qualify.tests.ways import in_force
from reif.qualify.ways import Definition, Model, Stages
from reif.rules.export import people as export
from reif.rules.predicates import All, Is
from reif.rules.record import records

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRICES = {"key": "prices", "on": "page.viewed", "topic": "/preise", "points": 30}
FILE = {"key": "file", "on": "content.downloaded", "points": 20}
STAGES = {
    "mql": {"when": {"field": "score", "op": ">=", "value": 20}},
    "sql": {"when": {"all": [{"field": "score", "op": ">=", "value": 50}, {"did": "webinar.registered", "within": "30d"}]}},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def draft(*rules: dict[str, Any], **more: Any) -> Draft:
    return read_plain({"scoring": {"model": [{"key": "main", "rule": list(rules), **more}]}, "stages": STAGES})


def happen(*facts: Any) -> None:
    with writing():
        append(*facts)


def on(days_ago: int) -> datetime:
    return TODAY - timedelta(days=days_ago)


def plain(model: Model, deeds: list[by_hand.Deed]) -> Model:
    """The model without what is taken as of today by design: profiles by time, and deeds that came to light later."""
    late = any(d.known_at != d.at for d in deeds)
    fit = tuple(f for f in model.fit if not of_the_deed(f.when))
    out = tuple(x for x in model.exclude if not of_the_deed(x.when) or (not late and "within" not in repr(x.when)))
    return replace(model, fit=fit, exclude=out)


def moments_of(replay: Replay, part: Deeds) -> list[tuple[int, int, int]]:
    """Person, day and score at every moment of a slice of people, which is also taken in."""
    replay.play(part)
    moving = Slice(replay, part).moving()
    whom = (moving.moments.person + part.low).tolist()
    return list(zip(whom, moving.moments.day.tolist(), moving.score.tolist(), strict=True))


@pytest.mark.django_db
@SLOW
@given(models(), histories)
def test_scores_are_those_at_the_end_of_each_day(model: Model, history_: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        people, visitors = world()
        deeds = live(history_, people, visitors)
        model = plain(model, deeds)
        empty()
        sync()
        known = records(people, *predicates(model))
        with open_lake() as lake:
            export(lake, [*predicates(model), Is("consent", "is", True)])
            past = history(lake, END + timedelta(days=1))
            replay = Replay(past, model, Stages(mql=Definition(Is("score", ">=", 10))))
            done = gather(past, [replay])
        moments = [moment for part in done.parts() for moment in moments_of(replay, part)]
        first: dict[int, int] = {}
        for person, day, score in moments:
            at = past.moment(day + 1) - timedelta(microseconds=1)
            fit, engagement, _cap, out = by_hand.sums(model, deeds, known, at)[int(past.ids[person])]
            assert score == (0 if out is not None else (fit + engagement + 50) // 100)
            if score >= 10:
                first.setdefault(person, day)
        whom, since = replay.done().stays.entries("mql")
        assert dict(zip(whom.tolist(), since.tolist(), strict=True)) == first
        transaction.set_rollback(True)


def test_too_little_history_is_said(db: None) -> None:
    with pytest.raises(TooLittle, match="Noch ist nichts geschehen"):
        compare(draft(PRICES))
    happen(PageViewed(person=a_person().id, topic="/preise", at=on(3)))
    with travel(TODAY), pytest.raises(TooLittle):
        compare(draft(PRICES))


@pytest.fixture
def stories(db: None) -> dict[str, int]:
    """Four people: one who bought, one who only read, one who was accepted without points, one from before."""
    who = {name: a_person().id for name in ("buyer", "reader", "lucky", "former")}
    happen(
        PageViewed(person=who["buyer"], topic="/preise", at=on(60)),
        WebinarRegistered(person=who["buyer"], topic="w", at=on(58)),
        PageViewed(person=who["buyer"], topic="/preise", at=on(50)),
        PersonStaged(person=who["buyer"], topic="mql", at=on(50)),
        AssignmentAccepted(person=who["buyer"], at=on(49)),
        ContentDownloaded(person=who["buyer"], topic="x", at=on(48)),
        DealWon(person=who["buyer"], at=on(20)),
        ContentDownloaded(person=who["reader"], topic="x", at=on(40)),
        AssignmentAccepted(person=who["lucky"], at=on(30)),
        PageViewed(person=who["former"], topic="/preise", at=on(400)),
        DealWon(person=who["former"], at=on(390)),
        PageViewed(person=who["former"], topic="/preise", at=on(10)),
    )
    return who


def test_a_draft_beside_what_is_in_force(stories: dict[str, int]) -> None:
    in_force(**{name: draft(PRICES).plain()[name] for name in ("scoring", "stages")})
    with travel(TODAY):
        told = compare(draft(FILE), on(100).date(), (TODAY + timedelta(days=1)).date())
    assert (told.people, told.accepted, told.won) == (3, 2, 1)
    now, then = told.current, told.draft
    assert (now.total("mql"), now.total("sql"), then.total("mql"), then.total("sql")) == (1, 1, 1, 0)
    assert (now.of("mql", "accepted").precision, now.of("mql", "accepted").recall) == (1.0, 0.5)
    assert (then.of("mql", "accepted").precision, then.of("mql", "won").recall) == (0.0, 0.0)
    assert told.change("mql").entering == (stories["reader"],)
    assert told.change("mql").leaving == (stories["buyer"],)
    assert sum(week.mql for week in told.really) == 1
    assert [w.begins for w in now.weeks if w.sql] == [date(2026, 9, 28)]
    assert not told.same


def test_what_came_after_the_take_over_counts_for_nobody(stories: dict[str, int]) -> None:
    in_force(**{name: draft(FILE).plain()[name] for name in ("scoring", "stages")})
    with travel(TODAY):
        told = compare(draft(FILE))
    assert told.same
    assert told.draft.thresholds["won"][20].tp == 0  # the buyer's download came after the acceptance


def test_grades_have_their_conversion_and_days(stories: dict[str, int]) -> None:
    grades = {"fit": [30, 20, 10], "engagement": [60, 30, 10]}
    with travel(TODAY):
        told = compare(draft(PRICES, grades=grades))
    lines = {line.grade: line for line in told.draft.grades}
    assert lines["D1"].won == lines["D1"].people == 1
    assert lines["D1"].days == 30


def test_a_stage_may_ask_for_a_grade(stories: dict[str, int]) -> None:
    graded = draft(PRICES, grades={"fit": [30, 20, 10], "engagement": [60, 30, 10]})
    counts = {}
    for grade in ("D1", "D2", "C1"):
        asked = graded.with_(stages=Stages(mql=Definition(Is("grade", ">=", grade))))
        with travel(TODAY):
            counts[grade] = compare(asked).draft.total("mql")
    assert counts == {"D1": 1, "D2": 1, "C1": 0}


def test_consent_is_as_of_the_day(db: None) -> None:
    person = a_person().id
    happen(
        ConsentGiven(person=person, topic="marketing", at=on(90)),
        PageViewed(person=person, topic="/preise", at=on(80)),
        ConsentWithdrawn(person=person, topic="marketing", at=on(70)),
    )
    agreed = draft(PRICES).with_(stages=Stages(mql=Definition(All((Is("consent", "is", True), Is("score", ">=", 20))))))
    with travel(TODAY):
        assert compare(agreed).draft.total("mql") == 1


def test_a_confusion_adds_up_and_deciles_share_ties() -> None:
    score = np.array([50, 50, 10, 10, 0, 0, 0, 0, 0, 200])
    hit = np.array([True, False, True, False, False, False, False, False, False, True])
    for line in _thresholds(score, hit):
        assert line.tp + line.fp + line.fn + line.tn == 10
        assert line.tp == int((hit & (score >= line.points)).sum())
    lifts = [d.lift for d in _deciles(score, hit)]
    assert lifts[0] == pytest.approx(1 / 0.3, abs=1e-3)
    assert lifts[1] == lifts[2] == pytest.approx(0.5 / 0.3, abs=1e-3)
    assert sum(lifts) == pytest.approx(10, abs=1e-2)
    assert _auc(score, hit) == pytest.approx(1 - (1 + 0.5 + 0.5) / 21, abs=0.08)
    assert _auc(score, np.zeros(10, dtype=bool)) is None


LASTING = {"mql": {"when": {"field": "score", "op": ">=", "value": 20}, "keep": {"field": "score", "op": ">=", "value": 10},
                   "drop_after": 3, "rest_days": 30}}  # fmt: skip


def test_stages_are_lost_and_given_again_and_who_was_sent_back_rests(db: None) -> None:
    """30 points that are gone in 30 days: below 10 from the 21st day on, lost after three more."""
    fading, sent = a_person().id, a_person().id
    happen(*(PageViewed(person=fading, topic="/preise", at=on(ago)) for ago in (60, 10)),
           *(PageViewed(person=sent, topic="/preise", at=on(ago)) for ago in (60, 50, 20)))  # fmt: skip
    with travel(on(58)):
        move_stage([Move(sent, "sql")])
    with travel(on(57)):
        move_stage([Move(sent, "lead", reason="no_need", back=True)])
    rules = [{**PRICES, "decay": {"linear": 30}}]
    asked = read_plain({"scoring": {"model": [{"key": "main", "rule": rules}]}, "stages": LASTING})
    with travel(TODAY):
        told = compare(asked, on(70).date(), (TODAY + timedelta(days=1)).date()).draft
    # one is given it, loses it and gets it again; the other is sent back, rests at 50 days ago and gets it again at 20
    weeks = [(w.begins, w.mql, w.mql_lost) for w in told.weeks if w.mql or w.mql_lost]
    assert (told.total("mql"), told.total("mql_lost")) == (4, 2), weeks
    assert told.standing["mql"] == 2
    assert told.of("mql", "won").reached == 2  # people, however often
    lost = on(60).date() + timedelta(days=21 + 3)
    assert (lost - timedelta(days=lost.weekday()), 0, 1) in weeks
