"""One thing to mend."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["bad", "warn", "hint"]
ORDER: dict[str, int] = {"bad": 0, "warn": 1, "hint": 2}


class Finding(msgspec.Struct, frozen=True):
    """code: its name for ever, such as `title-long`. bad: costs visitors; warn: could be better; hint: worth a thought.

    sentence: what is so; remedy: what to do; both in the language that is active when the check runs.
    """

    code: str
    level: Level
    sentence: str
    remedy: str
