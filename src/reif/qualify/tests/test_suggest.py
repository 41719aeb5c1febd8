"""What history suggests: lifts as statistics has them, silence where there is too little, and each as a draft to try."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from scipy.stats import false_discovery_control
from scipy.stats.contingency import relative_risk

from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealWon
from reif.log.catalogue.routing import AssignmentRejected
from reif.log.catalogue.web import ContentDownloaded, PageViewed
from reif.playbook.draft import Draft, read_plain
from reif.qualify.backtest.record import Trial
from reif.qualify.suggest.association import Mark, findings
from reif.qualify.suggest.drafts import applied, key_of
from reif.qualify.suggest.suggest import suggest
from reif.qualify.tests.test_trials import BACKEND
from reif.qualify.tests.ways import in_force

FILE = Mark("deed", ("content.downloaded", "preisliste"))
SCORING = {"model": [{"key": "main", "rule": [
    {"key": "views", "on": "page.viewed", "points": 5, "words": {"en": "Any page"}},
    {"key": "webinar", "on": "webinar.registered", "points": 20},
]}]}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))


def marks(*counts: tuple[int, int]) -> list[tuple[Mark, int, int]]:
    return [(Mark("deed", ("page.viewed", f"/{n}")), people, hits) for n, (people, hits) in enumerate(counts)]


@pytest.mark.parametrize(("people", "hits"), [(100, 30), (40, 4), (250, 25), (20, 15)])
def test_lift_and_interval_are_those_of_the_relative_rate(people: int, hits: int) -> None:
    (found,) = findings(marks((people, hits)), 1000, 120)
    known = relative_risk(hits, people, 120 - hits, 1000 - people)
    interval = known.confidence_interval(0.95)
    assert found.lift == pytest.approx(known.relative_risk, abs=1e-3)
    assert (found.low, found.high) == (pytest.approx(interval.low, abs=2e-3), pytest.approx(interval.high, abs=2e-3))


def test_an_interval_worked_out_by_hand() -> None:
    # 30 of 100 against 90 of 900: rate 3.0; spread 1.96 * sqrt(1/30 - 1/100 + 1/90 - 1/900) = 0.3578
    (found,) = findings(marks((100, 30)), 1000, 120)
    assert (found.lift, found.low, found.high) == (3.0, pytest.approx(2.098, abs=2e-3), pytest.approx(4.290, abs=2e-3))


def test_many_questions_are_answered_honestly() -> None:
    found = findings(marks((100, 30), (100, 14), (300, 40), (50, 6), (500, 58)), 1000, 120)
    expected = false_discovery_control([f.p for f in found])
    assert [f.chance for f in found] == pytest.approx(list(expected))
    assert [f.certain for f in found] == [True, False, False, False, False]


def drawn(rng: np.random.Generator, lift: float) -> list[tuple[Mark, int, int]]:
    """2,000 people, about 200 of whom won; 60 traits that mean nothing, and one that makes winning `lift` times as likely."""
    real = rng.random(2000) < 0.15
    won = rng.random(2000) < 0.1 * np.where(real, lift, 1.0)
    noise = rng.random((60, 2000)) < rng.uniform(0.02, 0.6, (60, 1))
    return [(Mark("deed", ("page.viewed", f"/{n}")), int(has.sum()), int((has & won).sum()))
            for n, has in enumerate([real, *noise])] + [(Mark("all", ()), 2000, int(won.sum()))]  # fmt: skip


def test_noise_is_hardly_offered_and_a_real_effect_is_found_with_its_interval() -> None:
    rng, false, found, inside = np.random.default_rng(7), 0, 0, 0
    for _world in range(30):
        *nothing, (_all, people, hits) = drawn(rng, 1.0)
        false += sum(f.certain for f in findings(nothing, people, hits))
        *marked, (_all, people, hits) = drawn(rng, 2.5)
        (real,) = (f for f in findings(marked, people, hits) if f.mark.what[1] == "/0")
        found += real.certain
        inside += real.low <= 2.5 <= real.high
    assert false <= 3  # of 1,830 questions about nothing
    assert found == 30
    assert inside >= 26  # 95 of 100


@pytest.mark.parametrize("support", [(19, 10), (981, 110)])
def test_too_few_on_either_side_say_nothing(support: tuple[int, int]) -> None:
    assert findings(marks(support), 1000, 120) == []


def test_too_few_outcomes_say_nothing() -> None:
    assert findings(marks((100, 2)), 1000, 2) == []


def test_a_change_is_a_draft_with_a_rule_more_or_less() -> None:
    force = read_plain({"scoring": SCORING})
    more, words = applied(force, key_of(FILE, 12))
    made = more["scoring"].main.rules[-1]
    assert (made.on, made.topic, made.points, made.once) == ("content.downloaded", "preisliste", 12, True)
    assert "+12" in words
    assert keys(applied(more, key_of(FILE, 3))[0])[-1] != made.key  # a key of its own
    assert keys(applied(force, "drop:views")[0]) == ["webinar"]
    for nonsense in ("drop:nobody", "add:[", 'add:["deed","x"]', 'add:["deed","a","b",true]', "whatever"):
        assert keys(applied(force, nonsense)[0]) == ["views", "webinar"]


def keys(draft: Draft) -> list[str]:
    return [rule.key for rule in draft["scoring"].main.rules]


@pytest.fixture
def history(db: None) -> None:
    """120 people who looked; those with the price list win, those from Austria are sent back by sales."""
    in_force(scoring=SCORING)
    with writing():
        for n in range(120):
            person = a_person(country="AT" if n % 4 == 0 else "CH").id
            append(PageViewed(person=person, topic="/start", at=now() - timedelta(days=9)))
            if n % 3 == 0:
                append(ContentDownloaded(person=person, topic="preisliste", at=now() - timedelta(days=8)))
            if n % 3 == 0 and n % 9:
                append(DealWon(person=person))
            elif n % 4 == 0:
                append(AssignmentRejected(person=person, topic="no_fit"))
    sync()


def test_what_wins_what_is_sent_back_and_what_tells_nothing(history: None) -> None:
    told = suggest()
    assert (told.people, told.outcome) == (120, "won")
    best = told.hints[0]
    assert best.finding.mark.what[0] == "content.downloaded"
    assert best.points > 0
    refused = [hint for hint in told.hints if hint.outcome == "rejected"]
    assert [(hint.finding.mark.what, hint.points < 0) for hint in refused] == [(("country", "AT"), True)]
    assert told.reasons == (("no_fit", 24),)
    assert [(idle.rule, idle.why, idle.change) for idle in told.idle] == [("webinar", "never", "drop:webinar")]


def test_trying_a_suggestion_asks_for_a_back_test_of_the_changed_draft(history: None, client: Client) -> None:
    client.force_login(a_user("marketing"), backend=BACKEND)
    hint = suggest().hints[0]
    assert client.post("/scoring/try", {"what": f"change:{hint.change}"}).status_code == 302
    rules = Trial.objects.get().said["scoring"]["model"][0]["rule"]
    assert [rule["points"] for rule in rules] == [5, 20, hint.points]
    assert rules[-1]["on"] == "content.downloaded"
