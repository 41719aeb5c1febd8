"""Changes of the ways of working."""

from __future__ import annotations

from reif.log.fact import Fact


class PlaybookApplied(Fact, frozen=True, kw_only=True, tag="playbook.applied"):
    """A revision is in force. topic: its short hash; sections: what it changed."""

    revision: int = 0
    sections: list[str] = []
    reverted: bool = False
