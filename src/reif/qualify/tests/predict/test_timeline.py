"""Leads split in time, whatever the column writes its moments like: nothing of later leads is learned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from reif.qualify.predict.tables import evaluate as measuring
from reif.qualify.predict.tables.dates import moment
from reif.qualify.predict.tables.evaluate import evaluate
from reif.qualify.predict.tables.table import BadTable, NoModel, Table
from reif.qualify.predict.tables.timeline import timeline

DAYS = [datetime(2025, 1, 3, 8, 30, tzinfo=UTC) + timedelta(days=n) for n in range(400)]
WAYS = {
    "ISO": "%Y-%m-%d", "with time and zone": "%Y-%m-%dT%H:%M:%S+02:00", "German": "%d.%m.%Y", "German with time": "%d.%m.%y %H:%M",
    "US": "%m/%d/%Y", "US with time": "%m/%d/%Y %I:%M %p", "words": "%d %B %Y", "compact": "%Y%m%d",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_a_day_splits_alike(way: str) -> None:
    found = timeline([day.strftime(WAYS[way]) for day in DAYS], "asked")
    assert found.say(found.edge) == "2025-10-09"
    assert (found.at <= found.edge).sum() == 280
    assert found.dated and not found.notes


@pytest.mark.parametrize(("way", "unit"), [("seconds", 1), ("milliseconds", 1000), ("microseconds", 10**6)])
def test_seconds_since_1970_are_days_and_it_is_said(way: str, unit: int) -> None:
    found = timeline([str(int(day.timestamp()) * unit) for day in DAYS], "created")
    assert found.say(found.edge) == "2025-10-09"
    assert found.notes == [f"The numbers in “created” were read as {way} since 1970."]


@pytest.mark.parametrize("way", ["%Y-%m", "%m/%Y", "%b %Y", "%m.%Y", "%Y%m"])
def test_months_are_whole_on_one_side(way: str) -> None:
    found = timeline([day.strftime(way) for day in DAYS], "month")
    assert found.say(found.edge) == "2025-09-01"
    assert (found.at <= found.edge).sum() == 271


def test_spreadsheet_days_quarters_and_numbers_that_go_up() -> None:
    serial = timeline([str(45_660 + n) for n in range(400)], "Datum")
    assert serial.say(serial.edge) == "2025-10-09" and "spreadsheets" in serial.notes[0]
    quarters = timeline([f"Q{1 + n // 100} 2025" for n in range(400)], "quarter")
    assert quarters.say(quarters.edge) == "2025-07-01"
    weeks = timeline([str(227 + n // 10) for n in range(400)], "week")
    assert not weeks.dated and weeks.say(weeks.edge) == "254" and "the smaller, the earlier" in weeks.notes[0]


def test_mixed_missing_and_unreadable_moments_are_told() -> None:
    ways = ["%Y-%m-%d", "%d.%m.%Y"]
    column: list[str | None] = [day.strftime(ways[n % 2]) for n, day in enumerate(DAYS)]
    column[5:15], column[20] = [None] * 10, "soon"
    found = timeline(column, "asked")
    assert np.isnan(found.at).sum() == 11
    assert found.notes == [
        "11 leads have no time in “asked” (1 of them cannot be read): they are neither learned from nor judged."
    ]
    doubtful = timeline([f"{1 + n % 12:02d}/{1 + n % 11:02d}/2025" for n in range(60)], "asked")
    assert "month first" in doubtful.notes[0]


def test_one_day_is_split_by_its_hours() -> None:
    found = timeline([f"2025-03-04 {n // 60:02d}:{n % 60:02d}" for n in range(1000)], "asked")
    assert found.say(found.edge) == "2025-03-04T11:39"
    many = timeline(["2025-01-01"] * 10 + ["2025-02-01"] * 90, "asked")
    assert (many.at <= many.edge).sum() == 10


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (["soon", "later"] * 30, "“soon” is none, for example"),
        (["2025-01-02"] * 60, "same moment in every row"),
        ([None] * 60, "empty in every row"),
    ],
)
def test_what_is_no_time_gets_a_sentence(column: list[str | None], sentence: str) -> None:
    with pytest.raises(BadTable, match=sentence):
        timeline(column, "when")


def test_offsets_from_utc_count_and_words_that_begin_like_months_do_not() -> None:
    assert moment("2025-01-01T00:30:00+02:00", True) == moment("2024-12-31 22:30", True)
    assert moment("Marketing 12, 2020", True) is None
    assert moment("2025-13", True) is None
    assert moment("Dez 2025", True) == moment("2025-12-01", True)


def test_nothing_of_later_leads_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The later half is the opposite of the earlier one; who had seen a row of it would not rank it upside down."""
    draw = np.random.default_rng(4)
    size = draw.normal(size=600)
    late = np.arange(600) >= 420
    truth = draw.random(600) < 1 / (1 + np.exp(np.where(late, 3, -3) * size))
    rows = draw.permutation(600)
    learned: list[int] = []

    class Watched(measuring.Model):
        def fit(self, table, outcome, groups=None):  # type: ignore[no-untyped-def]
            learned.append(len(outcome))
            return super().fit(table, outcome, groups)

    monkeypatch.setattr(measuring, "Model", Watched)
    days = [(DAYS[0] + timedelta(hours=6 * int(n))).strftime("%d.%m.%Y %H:%M") for n in rows]
    table = Table({
        "Anfrage": [*days, None, None], "size": [*(f"{size[n]:.9f}" for n in rows), "1", "2"],
        "end": [*("won" if truth[n] else "lost" for n in rows), "won", "lost"],
    })  # fmt: skip
    found = evaluate(table, "end", time_column="Anfrage")
    assert learned == [420]
    assert found.quality.rows == 180 and found.quality.auc < 0.15
    assert (found.split, found.trained_rows) == ("time", 420)
    assert (found.trained_until, found.judged_until) == ("2025-04-18T02:30", "2025-06-02T02:30")
    assert any("2 leads have no time" in sentence for sentence in found.remarks)


def test_too_few_on_one_side_get_a_sentence() -> None:
    table = Table({
        "when": [f"{2000 + n}" for n in range(100)], "x": [str(n % 7) for n in range(100)],
        "end": ["yes"] * 25 + ["no"] * 75,
    })  # fmt: skip
    with pytest.raises(NoModel, match=r"After 2069, where the leads are split in time, 0 of 30"):
        evaluate(table, "end", drop=("when",), time_column="when")
