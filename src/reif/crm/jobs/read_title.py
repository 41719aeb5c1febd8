"""In which department somebody works and on which level, from the job title; what is not known stays unknown.

The words are in titles.toml. A level is that of the first entry that fits; a department the one named first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from reif.crm.jobs.title_words import TABLE, neutral, title_words
from reif.crm.jobs.typos import LONG, SHORTEST, mended


class Job(NamedTuple):
    """Keys of titles.toml; empty: the title does not say."""

    department: str = ""
    level: str = ""


class _Group(NamedTuple):
    key: str
    patterns: re.Pattern[str]
    unless: re.Pattern[str] | None
    weak: bool

    def search(self, text: str) -> re.Match[str] | None:
        if self.unless:
            text = self.unless.sub(lambda found: "·" * len(found[0]), text)
        return self.patterns.search(text)


@lru_cache(maxsize=65_536)
def read_title(title: str) -> Job:
    """`Bereichsleiterin Personal` is hr, director. Typing errors in long words are mended, in short ones
    when the title says too little."""
    if not title.strip():
        return Job()
    text = neutral(mended(title_words(title), LONG))
    job = Job(_department(text), _level(text))
    if job.department and job.level:
        return job
    again = neutral(mended(text, SHORTEST))
    return Job(job.department or _department(again), job.level or _level(again)) if again != text else job


def _level(text: str) -> str:
    return next((group.key for group in _LEVELS if group.search(text)), "")


def _department(text: str) -> str:
    """The pattern that begins first; the longer one of two that begin together; the management when nobody else."""
    found = [(g.weak, m.start(), -len(m[0]), n) for n, g in enumerate(_DEPARTMENTS) if (m := g.search(text))]
    return _DEPARTMENTS[min(found)[3]].key if found else ""


def _group(said: dict[str, Any]) -> _Group:
    return _Group(
        said["key"],
        re.compile(_either(said["patterns"])),
        re.compile(_either(said["unless"])) if said.get("unless") else None,
        bool(said.get("weak")),
    )


def _either(patterns: str) -> str:
    """One expression for all patterns: whole words, a star for any letters, the longest first."""
    said = sorted({p.strip() for p in patterns.replace("\n", " ").split("|") if p.strip()}, key=len, reverse=True)
    joined = "|".join(_words(p) for p in said)
    return rf"(?<= )(?:{joined})(?= )"


def _words(pattern: str) -> str:
    """A star at a word's beginning or end is any letters there; alone it is any word."""
    words = " ".join(r"\w+" if w == "*" else re.escape(w).replace(r"\*", r"\w*") for w in pattern.strip("=").split())
    return rf"(?<=^ ){words}(?= $)" if pattern.startswith("=") else words


_LEVELS = [_group(said) for said in TABLE["level"]]
_DEPARTMENTS = [_group(said) for said in TABLE["department"]]
LEVELS: dict[str, tuple[str, str]] = {said["key"]: (said["de"], said["en"]) for said in TABLE["level"]}
"""Words of each level, German and English."""
DEPARTMENTS: dict[str, tuple[str, str]] = {said["key"]: (said["de"], said["en"]) for said in TABLE["department"]}
RANKS = ("owner", "director", "head", "lead", "specialist", "assistant", "student")
"""The levels from the top down."""
