"""The only clock: aware, UTC, and movable: in tests, and in a trial installation by REIF_CLOCK_SHIFT (seconds)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_shift = timedelta(seconds=float(os.environ.get("REIF_CLOCK_SHIFT", "0")))


def now() -> datetime:
    """The present moment in UTC, moved by any `travel` in force."""
    at = datetime.now(UTC)
    return at + _shift if _shift else at


@contextmanager
def travel(to: datetime | timedelta) -> Iterator[None]:
    """Move this process's clock to a moment, or by a distance; it goes on ticking from there."""
    global _shift
    before = _shift
    _shift = _shift + to if isinstance(to, timedelta) else to - datetime.now(UTC)
    try:
        yield
    finally:
        _shift = before
