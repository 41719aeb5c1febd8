"""Typing errors in job titles: a word that no pattern explains becomes the known one that is a letter away."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reif.crm.jobs.patterns import FOREIGN, single
from reif.crm.jobs.title_words import TABLE

SHORTEST, LONG, SURE = 6, 8, 12
"""Letters: below SHORTEST nothing is mended, below LONG only when the title says too little; from SURE on, two may be wrong."""


class Known(NamedTuple):
    """Words, beginnings and ends of German and English words that say something. explains: all that say something as
    they are, in any language; begins: those of them that do so by more than their end."""

    whole: frozenset[str]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    explains: re.Pattern[str]
    begins: re.Pattern[str]


def mended(text: str, least: int, known: str = "all") -> str:
    """The words of a title; those of `least` letters that say nothing by themselves as what they nearly are.

    known: `level`, `department` or `all`: what words are to speak of.
    """
    most = 1 if least == LONG else 2
    return " ".join(_mended(word, most, known) if len(word) >= least else word for word in text.split(" "))


@lru_cache(maxsize=65_536)
def _mended(word: str, most: int, of: str) -> str:
    known = _KNOWN[of]
    if _explained(word, of):
        return word
    most = min(most, 2 if len(word) >= SURE else 1)
    word = word.removesuffix("in") if len(word) >= SURE else word
    near = [(_distance(word, one, most), 0, one) for one in known.whole if _alike(word, one, most)]
    near += [(away, 1, head + word[n:]) for head in known.heads for away, n in _nearly(word, head)]
    near += [
        (away, 1, word[: len(word) - n] + tail) for tail in known.tails for away, n in _nearly(word[::-1], tail[::-1])
    ]
    return min((one for one in near if one[0] <= most), default=(0, 0, word))[2]


def _explained(word: str, of: str) -> bool:
    """Says something as it is; of a long word, its end alone does not count: `Gescäftsleitung`."""
    known = _KNOWN[of]
    if of == "department" and _KNOWN["level"].begins.fullmatch(word):
        return True
    return bool((known.begins if of == "all" and len(word) >= SURE else known.explains).fullmatch(word))


def _alike(word: str, one: str, most: int) -> bool:
    """Worth a closer look: about as long, and alike at one of its ends."""
    return abs(len(one) - len(word)) <= most and (word[0] == one[0] or word[-2:] == one[-2:])


def _nearly(word: str, head: str) -> list[tuple[int, int]]:
    """Whether it begins with `head` but for one letter: how many are wrong, and how many letters that takes."""
    if word[0] != head[0] or len(word) <= len(head):
        return []
    found = ((_distance(word[:n], head, 1), n) for n in (len(head), len(head) - 1, len(head) + 1))
    return [one for one in [min(found)] if one[0] == 1]


def _distance(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour; more than `most` is not counted on.

    Source: the optimal string alignment distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _known(*kinds: str) -> Known:
    groups = [said for kind in kinds for said in TABLE[kind]]
    words = single(groups)
    every = [*words, *(word for said in groups for name in FOREIGN for word in _words_of(said.get(name, "")))]
    said = " ".join(group.get("patterns", "").replace("|", " ") for group in groups).split()
    whole = {word.strip("*=") for word in said}
    heads = {word[:-1] for word in words if word.endswith("*") and not word.startswith("*")}
    tails = {word[1:] for word in words if word.startswith("*") and not word.endswith("*")}
    return Known(
        frozenset(word for word in whole if len(word) >= SHORTEST - 1) | _COMPOUNDS,
        tuple(sorted(head for head in heads if len(head) > SHORTEST)),
        tuple(sorted(tail for tail in tails if len(tail) >= SHORTEST)),
        _any(every),
        _any([word for word in every if not word.startswith("*")]),
    )


def _words_of(patterns: str) -> list[str]:
    return [word.strip("=") for word in patterns.replace("|", " ").split() if word != "~"]


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words))


_PARTS = ("personal", "marketing", "vertriebs", "verkaufs", "finanz", "einkaufs", "produktions", "abteilungs", "bereichs",
          "betriebs", "projekt", "team", "logistik")  # fmt: skip
_COMPOUNDS = frozenset(
    {f"{part}{end}" for part in _PARTS for end in ("leiter", "leitung", "assistent", "referent")}
    | {"geschaeftsfuehrer", "geschaeftsleitung", "geschaeftsleiter", "entwickler", "softwareentwickler"}
)
_KNOWN = {"all": _known("level", "department"), "level": _known("level"), "department": _known("department")}
