"""Bring the lake up now and then, so that a question does not have to wait for it."""

from __future__ import annotations

import time

from reif.lake.sync import sync
from reif.log.waking import again_in

EVERY, AT_ONCE = 600, 200_000
_next = time.monotonic() + EVERY


def keep_up() -> bool:
    """For the worker: some ten thousands of events every ten minutes, sooner while there are more."""
    global _next
    if (left := _next - time.monotonic()) <= 0:
        left = 1 if sync(AT_ONCE) == AT_ONCE else EVERY
        _next = time.monotonic() + left
    again_in(left)
    return False
