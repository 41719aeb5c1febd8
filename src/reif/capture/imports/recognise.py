"""Guess where each column goes: by its heading, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reif.capture.imports import places
from reif.capture.imports.addresses import is_address
from reif.capture.imports.aliases import squeeze
from reif.capture.imports.kinds import PEOPLE, Kind
from reif.capture.imports.refused import Refused

_ADDRESS = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[a-z]{2,}", re.I)
_PHONE = re.compile(r"(?:\+|00|0)[\d ()/.\-\u00a0]{7,20}")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}(?:/\S*)?", re.I)
_MANY = frozenset({"phone", "mobile"})


class Guess(NamedTuple):
    """how: `heading`, `content`, or nothing for a column that nobody knows."""

    target: str
    how: str = ""


def recognise(headings: Sequence[str], sample: Sequence[Sequence[str]], kind: Kind = PEOPLE) -> list[Guess]:
    """One guess for each column; each target once, except numbers of telephones. sample: some rows."""
    guesses = [_by_heading(heading, kind) for heading in headings]
    for number in range(len(headings)):
        values = [row[number].strip() for row in sample if number < len(row) and row[number].strip()]
        found = by_content(values)
        if guesses[number].target in ("", "email") and found and (found == "email" or not guesses[number].how):
            guesses[number] = Guess(found, guesses[number].how or "content")
        elif guesses[number].target == "email" and values and not found:
            guesses[number] = Guess("", "")  # a heading «Mail» above something else
    return _each_once(_title_or_job(headings, _name_or_last_name(headings, guesses)))


def _by_heading(heading: str, kind: Kind) -> Guess:
    target = kind.meaning(heading)
    return Guess(target if target and kind.targets[target].usual else "", "heading" if target else "")


def by_content(values: Sequence[str]) -> str:
    """What most of these values are, if it is clear."""
    return next((target for target, test in _TESTS if values and _share(values, test) >= 0.7), "")


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)


def _is_country(value: str) -> bool:
    try:
        return bool(places.country(value)) and (len(value) > 3 or value.isupper())
    except Refused:
        return False


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("email", lambda v: "@" in v and (bool(_ADDRESS.fullmatch(v)) or is_address(v))),
    ("phone", lambda v: bool(_PHONE.fullmatch(v))),
    ("website", lambda v: bool(_DOMAIN.fullmatch(v))),
    ("country", _is_country),
)


def _name_or_last_name(headings: Sequence[str], guesses: list[Guess]) -> list[Guess]:
    """Beside «Vorname», «Name» is the last name."""
    targets = {guess.target for guess in guesses}
    if "first_name" not in targets or "last_name" in targets:
        return guesses
    alone = [g.target == "full_name" and squeeze(h) == "name" for h, g in zip(headings, guesses, strict=True)]
    return [Guess("last_name", "heading") if is_it else g for is_it, g in zip(alone, guesses, strict=True)]


def _title_or_job(headings: Sequence[str], guesses: list[Guess]) -> list[Guess]:
    """Beside «Job Title» or «position», «Title» is Mr or Dr, as Outlook and Mautic have it."""
    if sum(guess.target == "job_title" for guess in guesses) < 2:
        return guesses
    instead = "title" if any(guess.target == "salutation" for guess in guesses) else "salutation"
    alone = [g.target == "job_title" and squeeze(h) == "title" for h, g in zip(headings, guesses, strict=True)]
    return [Guess(instead, "heading") if is_it else g for is_it, g in zip(alone, guesses, strict=True)]


def _each_once(guesses: list[Guess]) -> list[Guess]:
    """The first by its heading wins; a whole name is not needed beside its parts."""
    taken: set[str] = set()
    found = list(guesses)
    parts = {"first_name", "last_name"} <= {g.target for g in guesses}
    for how in ("heading", "content"):
        for number, guess in enumerate(guesses):
            if guess.how != how or not guess.target:
                continue
            if (guess.target in taken and guess.target not in _MANY) or (guess.target == "full_name" and parts):
                found[number] = Guess("", guess.how)
            taken.add(guess.target)
    return found
