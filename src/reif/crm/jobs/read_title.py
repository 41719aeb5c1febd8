"""In which department somebody works and on which level, from the job title; what is not known stays unknown.

The words are in titles.toml. A level is that of the first entry that fits; a department the one named first, unless it
only says what kind of another it is: an IT recruiter recruits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reif.crm.jobs.company_off import parts_of
from reif.crm.jobs.patterns import group
from reif.crm.jobs.title_words import TABLE, neutral, title_words, without_sexes
from reif.crm.jobs.typos import LONG, SHORTEST, mended


class Job(NamedTuple):
    """Keys of titles.toml; empty: the title does not say."""

    department: str = ""
    level: str = ""


_YOUNG = re.compile(r"\b(?:junior|jun|jr)\b", re.I)
_TRADE = re.compile(
    r"(?<= )(?!\w*(?:center|centre|computer|kader|unter|ueber|oder|immer) )"
    r"\w{3,}(?:er|eur|ist|ant|ent|or|ekt|ar|ier|iste|ista|ien|iera|tore|trice|aio) "
)
_BESIDE = re.compile(r"[&+/]")


@lru_cache(maxsize=65_536)
def read_title(title: str) -> Job:
    """`Bereichsleiterin Personal` is hr, director. Typing errors in long words are mended, in short ones
    when the title says too little."""
    parts = [title_words(part) for part in parts_of(without_sexes(title))]
    alone = not _BESIDE.search(title)
    texts = [neutral(mended(text, LONG)) for text in parts]
    department, level = _department(texts, alone), _level(texts)
    if not department:
        department = _department([neutral(mended(text, SHORTEST, "department")) for text in texts], alone)
    if not level:
        level = _level([neutral(mended(text, SHORTEST, "level")) for text in texts])
    if not level and department and any(_TRADE.search(text) for text in texts):
        level = "specialist"
    if level in ("head", "lead") and _YOUNG.search(title):
        level = "specialist"
    return Job(department or ("management" if level == "owner" else ""), level)


def _level(texts: list[str]) -> str:
    """Of what is said beside each other, the entry that stands first in the file."""
    return next((group.key for group in _LEVELS if any(group.search(text) for text in texts)), "")


def _department(texts: list[str], alone: bool) -> str:
    """That of the first part which names one; the management when nobody else is named."""
    named = [found for text in texts if (found := _named(text, alone))]
    return min(named, key=lambda one: one[0])[1] if named else ""


def _named(text: str, alone: bool) -> tuple[int, str] | None:
    """The pattern that begins first; the longer one of two that begin together. One that takes over may follow it."""
    found = [(g.weak, m.start(), -len(m[0]), n, m.end()) for n, g in enumerate(_DEPARTMENTS) if (m := g.search(text))]
    if not found:
        return None
    weak, _start, _length, n, end = min(found)
    first = _DEPARTMENTS[n]
    if alone and not first.strong:
        first = next((g for g in _DEPARTMENTS if g.strong and g.follows(text, end + 1)), first)
    return weak, first.key


_LEVELS = [group(said) for said in TABLE["level"]]
_DEPARTMENTS = [group(said) for said in TABLE["department"]]
LEVELS: dict[str, tuple[str, str]] = {said["key"]: (said["de"], said["en"]) for said in TABLE["level"]}
"""Words of each level, German and English."""
DEPARTMENTS: dict[str, tuple[str, str]] = {said["key"]: (said["de"], said["en"]) for said in TABLE["department"]}
RANKS = ("owner", "director", "head", "lead", "specialist", "assistant", "student")
"""The levels from the top down."""
