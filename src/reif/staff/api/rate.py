"""How often a key may call: a bucket that fills steadily, in this process's memory.

Several web processes have a bucket each, so the limit of an installation is the setting times the processes.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reif.staff.api.problem import Problem

_lock = threading.Lock()
_buckets: dict[int, tuple[float, float]] = {}


@dataclass(frozen=True)
class Rate:
    """limit: calls a minute; left: calls that are possible at once now."""

    limit: int
    left: int


def spend(key: int, moment: float | None = None) -> Rate:
    """Count a call of this key; raises Problem 429 with Retry-After when it was too many."""
    limit = settings.API_RATE
    at = time.monotonic() if moment is None else moment
    with _lock:
        left, since = _buckets.get(key, (float(limit), at))
        left = min(limit, left + (at - since) * limit / 60)
        if left < 1:
            wait = int((1 - left) * 60 / limit) + 1
            words = _("Too many calls: %(limit)s a minute are possible. Wait %(wait)s seconds.")
            raise Problem(429, "too-many", words % {"limit": limit, "wait": wait}, Retry_After=str(wait))
        _buckets[key] = (left - 1, at)
    return Rate(limit, int(left - 1))


def refill() -> None:
    """Forget what was spent; for tests."""
    _buckets.clear()
