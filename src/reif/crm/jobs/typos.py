"""Typing errors in job titles: a strange word becomes the known one that is a letter away."""

from __future__ import annotations

from functools import lru_cache

from reif.crm.jobs.title_words import TABLE

SHORTEST, SURE, LONG = 6, 10, 12  # letters: below SHORTEST nothing is mended; from SURE on, two letters may be wrong


def mended(text: str, least: int) -> str:
    """The words of a title; those of `least` letters are replaced by the nearest known word when they are nearly one."""
    return " ".join(
        _mended(word, 1 if least == LONG else 2) if len(word) >= least else word for word in text.split(" ")
    )


@lru_cache(maxsize=65_536)
def _mended(word: str, most: int) -> str:
    if word in _KNOWN:
        return word
    most = min(most, 2 if len(word) >= SURE else 1)
    near = (
        (away, known) for known in _KNOWN if abs(len(known) - len(word)) <= most
        for away in [_distance(word, known, most)] if away <= most
    )  # fmt: skip
    return min(near, default=(0, word))[1]


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


def _words() -> frozenset[str]:
    groups = [*TABLE["level"], *TABLE["department"]]
    said = " ".join(group["patterns"].replace("|", " ") for group in groups).split()
    whole = {word.strip("*") for word in said}
    return frozenset(word for word in whole if len(word) >= SHORTEST - 1) | _COMPOUNDS


_PARTS = ("personal", "marketing", "vertriebs", "verkaufs", "finanz", "einkaufs", "produktions", "abteilungs", "bereichs",
          "betriebs", "projekt", "team", "logistik")  # fmt: skip
_COMPOUNDS = frozenset(
    {f"{part}{end}" for part in _PARTS for end in ("leiter", "leitung", "assistent", "referent")}
    | {"geschaeftsfuehrer", "geschaeftsleitung", "geschaeftsleiter", "entwickler", "softwareentwickler"}
)
_KNOWN = _words()
