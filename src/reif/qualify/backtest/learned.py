"""The days on which something was learned of people."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reif.qualify.backtest.history import History
from reif.qualify.backtest.series import DAY, Ints, starts
from reif.rules.columns import literal

AT = 'd."at"'


def days_of(history: History, kinds: Iterable[str]) -> Ints:
    """place * DAY + the days of events of these kinds, sorted, each once; read once for all models."""
    said = ", ".join(map(literal, sorted(kinds)))
    if said not in history.days_of:
        got = history.lake.execute(
            f"SELECT p.place::INTEGER AS place, ({history.sql_day(AT)})::SMALLINT AS day FROM deeds d"
            f" JOIN places p ON p.id = d.person WHERE d.kind IN ({said}) AND d.known = d.id AND d.known_at < p.until"
        ).fetchnumpy()
        key: Ints = np.asarray(got["place"], dtype=np.int64) * DAY + got["day"]
        key.sort()  # many times faster than having them told apart before
        history.days_of[said] = key[starts(key)]
    return history.days_of[said]
