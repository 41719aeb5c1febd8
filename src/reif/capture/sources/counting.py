"""As what an address would be counted, for rooms that build addresses."""

from __future__ import annotations

from reif.capture.sources.source import touch
from reif.kit.arrivals import Counted


def count(url: str, referrer: str = "") -> Counted:
    """The source of a visit of `url`."""
    found = touch(url, referrer)
    return Counted(found.source, found.detail_1, found.detail_2, found.campaign)
