"""How wide words are in a list of results, where they are cut by width and not by letters.

Source: the widths of Helvetica, which Arial shares, in thousandths of the size (Adobe Font Metrics). Other letters are
counted as their base letter or as an average one.
"""

from __future__ import annotations

import unicodedata

_GROUPS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%",
    944: "W", 1000: "—", 1015: "@",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_AVERAGE = 556
TITLE_SIZE, DESCRIPTION_SIZE = 20, 14
TITLE_MOST, DESCRIPTION_MOST = 580, 930
"""Pixels on a wide screen: one line of 20 px, and two lines of 14 px."""


def pixels(text: str, size: int) -> int:
    """The width of a text on one line."""
    return round(sum(_width(letter) for letter in text) * size / 1000)


def _width(letter: str) -> int:
    found = _WIDTHS.get(letter)
    return found if found is not None else _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _AVERAGE)
