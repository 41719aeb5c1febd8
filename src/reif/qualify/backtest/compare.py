"""Replay a draft and what is in force over a period of real history, and hold both against what sales accepted and won."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _
from msgspec.structs import replace

from reif.crm.models import STAGES
from reif.kit.clock import now
from reif.lake.open import open_lake
from reif.lake.sync import sync
from reif.playbook.current import current, revision
from reif.playbook.draft import Draft
from reif.qualify.backtest.capacity import capacity
from reif.qualify.backtest.comparison import Change, Comparison
from reif.qualify.backtest.deeds import Deeds, deeds
from reif.qualify.backtest.history import NEVER, History, history
from reif.qualify.backtest.judge import Period, judge, period, weeks
from reif.qualify.backtest.series import Ints, Truths
from reif.qualify.backtest.standings import Replay
from reif.qualify.backtest.stays import RUNGS, Stays
from reif.qualify.replay.sums import predicates
from reif.qualify.ways import Model, Stages
from reif.rules.columns import literal
from reif.rules.export import people
from reif.rules.predicates import Is, Predicate

if TYPE_CHECKING:
    import duckdb

Say = Callable[[float], None]
YEAR, LEAST = timedelta(days=365), timedelta(days=7)
NAMED = 2000
AT = '"at"'
SAID = 50  # how often it is said how much is done, at most


class TooLittle(ValueError):
    """There is not enough history to try anything on; the sentence says what there is and what is needed."""


def compare(draft: Draft, since: date | None = None, until: date | None = None, *, model: str = "",
            say: Say = lambda part: None) -> Comparison:  # fmt: skip
    """since, until: first day and the day after the last (UTC); a year until today when not given. model: the key of a
    scoring model, the first one when empty. say: is told how much is done. Raises TooLittle. Changes nothing.
    """
    began = time.perf_counter()
    sync()
    say(0.1)
    force = Draft.of(scoring=current("scoring"), stages=current("stages"))
    with open_lake() as lake:
        first, last = _period(lake, since, until)
        people(lake, _asked(force, draft, model))
        found = replayed(lake, force, draft, first, last, model, say)
    return replace(found, revision=revision(), seconds=round(time.perf_counter() - began, 2))


def replayed(lake: duckdb.DuckDBPyConnection, before: Draft, after: Draft, first: date, last: date, model: str = "",
             say: Say = lambda part: None) -> Comparison:  # fmt: skip
    """The same on an opened lake in which `people` is there. Raises TooLittle."""
    ours, theirs = (d["scoring"].model(model) or Model() for d in (before, after))
    past = history(lake, datetime.combine(last, datetime.min.time(), UTC))
    start, end = ((day - past.origin.date()).days for day in (first, last))
    same = (ours, before["stages"]) == (theirs, after["stages"])
    replays = [Replay(past, ours, before["stages"], start, end)]
    replays += [] if same else [Replay(past, theirs, after["stages"], start, end)]
    _play(past, replays, say)
    found = [replay.done() for replay in replays]
    old, new = found[0], found[-1]
    when = period(past, start, end, old, new)
    if not when.judged.any():
        raise TooLittle(_("Nobody did anything in this period that a rule or a definition asks about."))
    draft = judge(past, new, when)
    return Comparison(
        since=first, until=last, people=int(when.judged.sum()), events=_events(lake), capacity=capacity(lake),
        accepted=_ended(past.accepted, when), won=_ended(past.won, when), draft=draft,
        current=draft if same else judge(past, old, when), really=tuple(weeks(past, when, _staged(lake, past))),
        changes=tuple(_change(past, stage, old.stays, new.stays, when) for stage in RUNGS),
        model=theirs.key, same=same,
    )  # fmt: skip


def _play(past: History, replays: Sequence[Replay], say: Say) -> None:
    """All slices of people, two at a time; whoever is told how much is done may break it off."""
    done = deeds(past, replays)
    say(0.4)
    parts = list(done.parts())
    step = len(parts) // SAID + 1

    def play(part: Deeds) -> None:
        for replay in replays:
            replay.play(part)
        part.forget()

    with ThreadPoolExecutor(2) as pool:
        played = [pool.submit(play, part) for part in parts]
        try:
            for n, one in enumerate(as_completed(played), start=1):
                one.result()
                if n % step == 0:
                    say(0.4 + 0.5 * n / len(parts))
        finally:
            pool.shutdown(cancel_futures=True)


def _period(lake: duckdb.DuckDBPyConnection, since: date | None, until: date | None) -> tuple[date, date]:
    row = lake.execute('SELECT min("at"), max("at") FROM events').fetchone()
    if row is None or row[0] is None:
        raise TooLittle(_("Nothing has happened yet, so there is no history to try this on."))
    last = min(until or now().date() + timedelta(days=1), now().date() + timedelta(days=1))
    first = max(since or last - YEAR, row[0].date())
    if last - first < LEAST:
        sentence = _("There are only %(days)s days of history in this period; a back-test needs at least %(least)s.")
        raise TooLittle(sentence % {"days": max((last - first).days, 0), "least": LEAST.days})
    return first, last


def _asked(before: Draft, after: Draft, model: str) -> Iterator[Predicate]:
    yield Is("consent", "is", True)
    for draft in (before, after):
        yield from predicates(draft["scoring"].model(model) or Model())
        stages: Stages = draft["stages"]
        yield from (part for one in stages.given.values() for part in one.asked)


def _events(lake: duckdb.DuckDBPyConnection) -> int:
    (count,) = lake.execute("SELECT count(*) FROM events").fetchone() or (0,)
    return int(count)


def _ended(day: Ints, when: Period) -> int:
    return int(((day >= when.first) & (day < NEVER) & when.judged).sum())


def _change(past: History, stage: str, old: Stays, new: Stays, when: Period) -> Change:
    people = len(past.ids)

    def gets(stays: Stays) -> Truths:
        return stays.entered(stage, people, when.first, when.end)

    def has(stays: Stays) -> Truths:
        return gets(stays) | stays.standing(stage, people, when.first - 1)

    enter, leave = gets(new) & ~has(old), gets(old) & ~has(new)
    return Change(
        stage, int(enter.sum()), int(leave.sum()), _ids(past, enter, new, stage), _ids(past, leave, old, stage)
    )


def _ids(past: History, chosen: Truths, stays: Stays, stage: str) -> tuple[int, ...]:
    """The latest first."""
    day = np.full(len(chosen), -1)
    whom, since = stays.entries(stage)
    day[whom] = since
    found = np.flatnonzero(chosen)
    return tuple(past.ids[found[np.argsort(-day[found], kind="stable")][:NAMED]].tolist())


def _staged(lake: duckdb.DuckDBPyConnection, past: History) -> dict[str, Ints]:
    """The days on which people really came up to a stage, each as often as it happened before sales took over."""
    lower = {stage: ", ".join(map(literal, ["", *STAGES[: STAGES.index(stage)]])) for stage in RUNGS}
    found = {}
    for stage, below in lower.items():
        found[stage] = lake.execute(
            f"SELECT {past.sql_day(AT)} AS day FROM (SELECT d.topic, d.\"at\", lag(d.topic, 1, '') OVER"
            " (PARTITION BY d.person ORDER BY d.known, d.id) AS came_from FROM deeds d JOIN places p ON p.id = d.person"
            f" WHERE d.kind = 'person.staged' AND d.known_at < p.until) WHERE topic = '{stage}' AND came_from IN ({below})"
        ).fetchnumpy()["day"]
    return found
