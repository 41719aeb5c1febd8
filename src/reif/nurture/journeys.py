"""The shape of `journeys.toml`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

import msgspec

from reif.channels.mails import Words
from reif.rules.predicates import Predicate

_SPAN = re.compile(r"(\d{1,4})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Enter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who begins: on reaching `stage`, or on an `event` (of a `topic`, when given), and only those for whom `when` holds."""

    stage: str = ""
    event: str = ""
    topic: str = ""
    when: Predicate | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step; exactly one of wait, mail, branch, split, holdout, end.

    wait: `3d`, `12h`, `30m`, `2w`; morning: then until the next working morning of the reader. mail: a key in mails.toml.
    branch: a condition, with `yes` and `no`. split: so many percent go `yes`, the others `no`. holdout: so many percent
    get nothing from here on and are watched for comparison. end: the journey is over here. id: keeps counts together
    when steps are moved.
    """

    id: str = ""
    wait: str = ""
    morning: bool = False
    mail: str = ""
    branch: Predicate | None = None
    split: int = 0
    holdout: int = 0
    end: bool = False
    yes: list[Step] = []
    no: list[Step] = []
    words: Words = Words()

    @property
    def kinds(self) -> list[str]:
        """What this step does; more or fewer than one is a mistake."""
        named = {"wait": self.wait, "mail": self.mail, "branch": self.branch is not None, "split": self.split,
                 "holdout": self.holdout, "end": self.end}  # fmt: skip
        return [kind for kind, given in named.items() if given]

    @property
    def kind(self) -> str:
        return self.kinds[0]


class Journey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reentry: may somebody who left begin again? exit_when: leaves at once. goal: leaves too, and that is a success."""

    key: str
    enter: Enter = Enter()
    words: Words = Words()
    reentry: Literal["never", "after_exit"] = "never"
    exit_when: Predicate | None = None
    goal: Predicate | None = None
    steps: list[Step] = []

    def title(self, language: str) -> str:
        return self.words.in_(language) or self.key


class Journeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `journeys.toml`."""

    journey: list[Journey] = []


def span(text: str) -> timedelta | None:
    """`3d` as a length of time; None when it is none."""
    found = _SPAN.fullmatch(text.strip())
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
