"""A whole name into its parts."""

from __future__ import annotations

import re
from typing import NamedTuple

_GREETINGS = frozenset(
    {"herr", "herrn", "frau", "hr", "fr", "mr", "mrs", "ms", "mme", "m", "monsieur", "madame", "signor"}
)
_TITLES = frozenset(
    {"dr", "prof", "med", "dent", "jur", "phil", "rer", "nat", "ing", "dipl", "mag", "lic", "iur", "habil"}
)
_AFTER = frozenset({"mba", "msc", "bsc", "phd", "ma", "ba", "jr", "sr", "ii", "iii", "llm", "mag"})
_PARTICLES = frozenset({
    "von", "van", "vom", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "les", "zu", "zum", "zur",
    "af", "av", "ten", "ter", "st", "san", "el", "al", "bin", "ibn",
})  # fmt: skip
_BLANKS = re.compile(r"\s+")


class Name(NamedTuple):
    first: str
    last: str
    salutation: str = ""
    title: str = ""


def split_name(whole: str) -> Name:
    """`Frau Prof. Dr. Anna Maria von der Heide`, `Heide, Anna`, `HEIDE Anna`. One word alone is the last name."""
    before, comma, after = (part.strip() for part in _BLANKS.sub(" ", whole).partition(","))
    if comma and _word(after) in _AFTER:
        before, comma = before, ""
    words = (after if comma else before).split(" ")
    salutation, words = _take(words, _GREETINGS)
    title, words = _take(words, _TITLES)
    while len(words) > 2 and _word(words[-1]) in _AFTER:
        words.pop()
    if comma:
        return Name(" ".join(words), before, salutation, title)
    start = _where_the_last_begins(words)
    if start < 0:
        return Name(" ".join(words[1:]), words[0], salutation, title)
    return Name(" ".join(words[:start]), " ".join(words[start:]), salutation, title)


def _where_the_last_begins(words: list[str]) -> int:
    """-1: the first word is the last name."""
    if len(words) > 1 and words[0].isupper() and len(words[0]) > 2 and not any(w.isupper() for w in words[1:]):
        return -1
    particle = next((n for n, w in enumerate(words[1:-1], start=1) if w.lower() in _PARTICLES), 0)
    return particle or max(0, len(words) - 1)


def _take(words: list[str], known: frozenset[str]) -> tuple[str, list[str]]:
    count = 0
    while count < len(words) - 1 and all(part in known for part in re.split(r"[.-]", _word(words[count])) if part):
        count += 1
    return " ".join(words[:count]), words[count:]


def _word(word: str) -> str:
    return word.lower().strip(".,")
