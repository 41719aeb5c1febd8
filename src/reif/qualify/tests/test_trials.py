"""Back-tests on pages: asked for, run in the background, read, stopped, kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reif.crm.tests.people import a_user
from reif.kit.clock import travel
from reif.log.worker import settle
from reif.playbook.current import current, revision
from reif.playbook.write_toml import write_toml
from reif.qualify.backtest.record import Kept, Trial
from reif.qualify.backtest.run import drain
from reif.qualify.scoring.in_force import scoring
from reif.qualify.tests import test_backtest as told
from reif.qualify.tests.test_backtest import FILE, PRICES, TODAY, draft
from reif.qualify.tests.ways import in_force

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GRADES = {"fit": [30, 20, 10], "engagement": [60, 30, 10]}
pytestmark = pytest.mark.django_db
stories = told.stories


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path / "lake"))


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(a_user("marketing"), backend=BACKEND)
    return client


def force(*rules: dict[str, Any]) -> None:
    in_force(**{name: draft(*rules).plain()[name] for name in ("scoring", "stages")})


def text(*rules: dict[str, Any]) -> dict[str, str]:
    said = draft(*rules, grades=GRADES).plain()
    return {name: write_toml(said[name]) for name in ("scoring", "stages")}


def ran(desk: Client, **asked: Any) -> tuple[Trial, str]:
    """Ask, run, and the page that tells it."""
    answer = desk.post("/scoring/try", asked)
    assert answer.status_code == 302, answer.content.decode()
    assert 'id="progress"' in desk.get(answer["Location"]).content.decode()
    with travel(TODAY):
        assert drain()
    assert not drain()
    return Trial.objects.latest("id"), desk.get(answer["Location"]).content.decode()


def test_a_draft_is_tried_and_told(desk: Client, stories: dict[str, int]) -> None:
    force(PRICES)
    trial, page = ran(desk, what="text", words="Mit Whitepaper", **text(FILE))
    assert trial.state == Trial.State.DONE, trial.sentence
    assert "Mit Whitepaper" in page
    assert "reif-confusion" in page
    told = json.loads(page.split("<reif-confusion", 1)[1].split('application/json">', 1)[1].split("</script>", 1)[0])
    assert [sum(line) for line in told["draft"]] == [3] * len(told["draft"])
    for query in ("?as=table", "?outcome=accepted&points=20", "?outcome=x&points=-1"):
        assert desk.get(f"/scoring/try/{trial.pk}{query}").status_code == 200
    entering = desk.get(f"/scoring/try/{trial.pk}/people?list=mql-entering").content.decode()
    assert f"/people/{stories['reader']}" in entering
    assert (
        f"/people/{stories['buyer']}" in desk.get(f"/scoring/try/{trial.pk}/people?list=mql-leaving").content.decode()
    )
    assert desk.get(f"/scoring/try/{trial.pk}/progress")["HX-Refresh"] == "true"
    assert "Mit Whitepaper" in desk.get("/scoring/try").content.decode()


def test_the_page_asks_the_database_little(
    desk: Client, stories: dict[str, int], django_assert_max_num_queries: Any
) -> None:
    force(PRICES)
    trial, _page = ran(desk, what="force")
    for address, most in (
        ("/scoring/try", 14),
        (f"/scoring/try/{trial.pk}", 12),
        (f"/scoring/try/{trial.pk}/people", 8),
    ):
        with django_assert_max_num_queries(most):
            assert desk.get(address).status_code == 200


def test_what_is_wrong_is_said_and_nothing_runs(desk: Client) -> None:
    answer = desk.post("/scoring/try", {"what": "text", "scoring": "[[model]]\nkey = 3", "stages": ""})
    assert answer.status_code == 422
    assert "scoring.toml:" in answer.content.decode()
    assert not Trial.objects.exists()


def test_too_little_history_is_told_on_the_page(desk: Client) -> None:
    trial, page = ran(desk, what="force")
    assert trial.state == Trial.State.FAILED
    assert trial.sentence in page


def test_a_stopped_one_is_not_run(desk: Client) -> None:
    pk = desk.post("/scoring/try", {"what": "force"})["Location"].rpartition("/")[2]
    desk.post(f"/scoring/try/{pk}/end")
    assert not drain()
    assert Trial.objects.get(pk=pk).state == Trial.State.STOPPED


def test_stopping_takes_hold_while_it_runs(
    desk: Client, stories: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from reif.qualify.backtest import run

    real = run.compare

    def stopping(*args: Any, **more: Any) -> Any:
        Trial.objects.update(state=Trial.State.STOPPED)
        return real(*args, **more)

    monkeypatch.setattr(run, "compare", stopping)
    desk.post("/scoring/try", {"what": "force"})
    with travel(TODAY):
        assert drain()
    assert Trial.objects.get().told is None


def test_publishing_keeps_what_was_seen(desk: Client, stories: dict[str, int]) -> None:
    force(PRICES)
    said = draft(FILE).plain()
    _trial, _page = ran(desk, what="text", **{name: write_toml(said[name]) for name in ("scoring", "stages")})
    in_force(**said)
    settle()
    settle()
    kept = Kept.objects.get()
    assert kept.comparison.draft.total("mql") == 1
    page = desk.get(f"/playbook/revisions/{kept.revision}").content.decode()
    assert f"/scoring/kept/{kept.pk}" in page
    record = desk.get(f"/scoring/kept/{kept.pk}?outcome=accepted&as=table").content.decode()
    assert "Rückblick-Test vor der Veröffentlichung" in record
    assert "trial-people" not in record


def test_going_back_gives_the_rules_of_before_and_the_record_stays(desk: Client, stories: dict[str, int]) -> None:
    force(PRICES)
    before, said = revision(), draft(FILE).plain()
    ran(desk, what="text", **{name: write_toml(said[name]) for name in ("scoring", "stages")})
    in_force(**said)
    settle()
    assert current("scoring").main.rules[0].key == "file"
    desk.post("/playbook/active", {"revision": before, "expected": revision()})
    settle()
    assert current("scoring").main.rules[0].key == "prices"
    assert scoring().main.rules[0].key == "prices"
    assert Kept.objects.get().revision != before


def test_sellers_do_not_see_it(client: Client) -> None:
    client.force_login(a_user("seller"), backend=BACKEND)
    assert client.get("/scoring/try").status_code == 403
