"""What sales did to people before they were taken over: sent back, with a rest after it, or opened a deal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reif.crm.models import StageSpell
from reif.qualify.backtest.series import DAY, Ints, Truths, starts
from reif.qualify.stages.promote import BY_ITSELF, RUNGS

if TYPE_CHECKING:
    from reif.qualify.backtest.history import History

NOT, TO_LEAD, TO_MQL, AWAY = 0, 1, 2, 3
"""Where somebody was sent back to; away is a stage that no definition leads back from."""
_DEALS = """SELECT p.place::BIGINT * {day} + {on} AS key,
  sum(CASE WHEN d.kind IN ('deal.opened', 'deal.reopened') THEN 1 ELSE -1 END)::INTEGER AS more
FROM deeds d JOIN places p ON p.id = d.person
WHERE d.kind IN ('deal.opened', 'deal.reopened', 'deal.won', 'deal.lost') AND d.known_at < p.until GROUP BY 1 ORDER BY 1"""


@dataclass(frozen=True)
class Sales:
    """sent: place * DAY + day of those who were sent back, sorted; to: where. deals: the same where the number of open
    deals changed; more: by how many.
    """

    sent: Ints
    to: NDArray[np.int8]
    deals: Ints
    more: Ints

    @classmethod
    def of(cls, history: History) -> Sales:
        got = history.lake.execute(_DEALS.format(day=DAY, on=history.sql_day('d."at"'))).fetchnumpy()
        sent, to = _sent_back(history)
        return cls(sent, to, np.asarray(got["key"], dtype=np.int64), np.asarray(got["more"], dtype=np.int64))

    def sent_to(self, keys: Ints) -> NDArray[np.int8]:
        """By moment, where somebody was sent back to on that day."""
        found = np.zeros(len(keys), dtype=np.int8)
        if len(self.sent) and len(keys):
            at = np.minimum(np.searchsorted(self.sent, keys), len(self.sent) - 1)
            found = np.where(self.sent[at] == keys, self.to[at], NOT).astype(np.int8)
        return found

    def at_work(self, keys: Ints) -> Truths:
        """By moment, whether a deal was open."""
        if not len(self.deals):
            return np.zeros(len(keys), dtype=bool)
        at = np.searchsorted(self.deals, keys, "right") - 1
        known = np.maximum(at, 0)
        mine = (at >= 0) & (self.deals[known] // DAY == keys // DAY)
        working: Truths = mine & (self._open[known] > 0)
        return working

    def days(self, low: int, high: int) -> list[Ints]:
        """The moments of people from place `low` to before `high` on which sales did something, counted from `low`."""
        found: list[Ints] = []
        for keys in (self.sent, self.deals):
            first, last = np.searchsorted(keys, [low * DAY, high * DAY])
            found.append(np.asarray(keys[first:last] - low * DAY, dtype=np.int32))
        return found

    @cached_property
    def _open(self) -> Ints:
        """How many deals each had then."""
        along = np.cumsum(self.more)
        own = starts(self.deals // DAY)
        before = (along - self.more)[own]
        return along - np.repeat(before, np.diff(np.append(own, len(along))))


def _sent_back(history: History) -> tuple[Ints, NDArray[np.int8]]:
    """Of several on one day the last."""
    back = StageSpell.objects.filter(recycled=True).exclude(reason__in=BY_ITSELF).order_by("entered_at", "id")
    found = {
        (person, history.day(at)): _target(stage)
        for person, at, stage in back.values_list("person_id", "entered_at", "stage").iterator()
        if at >= history.origin
    }
    asked = np.array([person for person, _day in found], dtype=np.int64)
    place = np.searchsorted(history.ids, asked)
    there = (place < len(history.ids)) & (history.ids.take(place, mode="clip") == asked if len(history.ids) else False)
    days = np.array([day for _person, day in found], dtype=np.int64)
    keys = place[there] * DAY + np.minimum(days[there], DAY - 1)
    order = np.argsort(keys)
    return keys[order], np.array(list(found.values()), dtype=np.int8)[there][order]


def _target(stage: str) -> int:
    rung = RUNGS.get(stage, -1)
    return TO_LEAD if rung < RUNGS["mql"] else TO_MQL if rung < RUNGS["sql"] else AWAY
