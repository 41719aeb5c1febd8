"""When a call is shown. The first tier needs no identifier: page, source, language, device. The second needs consent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from reif.kit.visiting import Visiting


class Showing(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is set must hold. pages, not_pages: paths with `*`. sources: source categories. utm: names with
    values, `*` allowed. visitors: new or returning. stages, segments: of the person, known then. seconds, scroll (percent):
    what has to pass before it comes. days: it comes again after so many; 0: once a visit.
    """

    pages: tuple[str, ...] = ()
    not_pages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    utm: dict[str, str] = {}
    languages: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    visitors: str = ""
    stages: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    seconds: int = 0
    scroll: int = 0
    days: int = 0


class Asked(msgspec.Struct, frozen=True):
    """Where a call might be shown, and to whom."""

    path: str
    language: str
    device: str
    who: Visiting


def read(rules: dict[str, Any]) -> Showing:
    """From what is stored; rules that nobody can read any more hold nowhere."""
    try:
        return msgspec.convert(rules, Showing)
    except msgspec.ValidationError:
        return Showing(pages=("/\0",))


def holds(showing: Showing, asked: Asked) -> bool:
    """All but stages and segments, which need the person's record."""
    who = asked.who
    return (
        (not showing.pages or any(fits(p, asked.path) for p in showing.pages))
        and not any(fits(p, asked.path) for p in showing.not_pages)
        and (not showing.languages or asked.language in showing.languages)
        and (not showing.devices or asked.device in showing.devices)
        and (not showing.sources or who.source in showing.sources)
        and all(fits(value, who.utm.get(name, "")) for name, value in showing.utm.items())
        and (not showing.visitors or who.returning is (showing.visitors == "returning"))
    )


def fits(pattern: str, text: str) -> bool:
    """`/blog/*` fits every article; `*` stands for anything, also for nothing. Case does not matter."""
    return _compiled(pattern.strip().lower()).fullmatch(text.lower()) is not None


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
