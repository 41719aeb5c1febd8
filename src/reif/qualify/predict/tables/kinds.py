"""What kind of thing a column holds, told from its values, and from its name where they leave a doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from enum import Enum

from reif.qualify.predict.tables.dates import is_date
from reif.qualify.predict.tables.numerals import number, number_reader
from reif.qualify.predict.tables.table import Column

NEARLY_ALL, MOSTLY = 0.97, 0.7
FEW_ROWS, SOME = 100, 4000
NAMED = re.compile(
    r"(^|[\W_])(id|ids|uuid|guid|key|no|nr|num|number|nummer|kennung|code|index|row|zeile|phone|tel|telefon|mobile|fax|hash)([\W_]|$)|"
    r"[a-z]I[dD]$|nummer$",
    re.I,
)


class Kind(Enum):
    """number and date are ordered; category has levels; text has words; the others say nothing that lasts."""

    NUMBER = "number"
    DATE = "date"
    CATEGORY = "category"
    TEXT = "text"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"


def kind_of(column: Column, name: str = "") -> Kind:
    """The kind of a column. A column that is filled or not, with one value, is a category."""
    told = [value for value in column if value is not None]
    levels = len(set(told))
    if levels == 0 or (levels == 1 and len(told) == len(column)):
        return Kind.CONSTANT
    if (share := _share(told, lambda v: number(v) is not None)) >= MOSTLY and (share >= NEARLY_ALL or levels > 20):
        return Kind.IDENTIFIER if _numbered(told, levels, name) else Kind.NUMBER
    if _share(told, is_date) >= NEARLY_ALL:
        return Kind.DATE
    if _share(told, lambda v: "@" in v and " " not in v) >= NEARLY_ALL:
        return Kind.ADDRESS
    return _words(told, levels)


def _numbered(told: list[str], levels: int, name: str) -> bool:
    """Whole numbers, nearly every one another, that go up by ones, are named so, or are as long as telephone numbers."""
    if len(told) < FEW_ROWS or levels < 0.98 * len(told) or not all(v.lstrip("+-").isdigit() for v in told):
        return False
    values = [abs(int(v)) for v in told]
    dense = max(values) - min(values) < 20 * len(values)
    return dense or NAMED.search(name) is not None or min(values) >= 10**8


def _words(told: list[str], levels: int) -> Kind:
    words = sum(v.count(" ") + 1 for v in told[:5000]) / len(told[:5000])
    if len(told) < FEW_ROWS or levels < 0.3 * len(told):
        return Kind.CATEGORY
    if words >= 3:
        return Kind.TEXT
    return Kind.IDENTIFIER if levels >= 0.9 * len(told) else Kind.CATEGORY


def _share(told: list[str], holds: Callable[[str], bool]) -> float:
    some = told if len(told) <= SOME else told[:: len(told) // SOME]
    return sum(holds(v) for v in some) / len(some)


def levels_of(column: Column, most: int, least: int = 1) -> dict[str, int]:
    """The most frequent values with a code each, the most frequent first."""
    counted = Counter(v for v in column if v is not None)
    frequent = [level for level, n in counted.most_common(most) if n >= least]
    return {level: code for code, level in enumerate(frequent)}


__all__ = ["Kind", "kind_of", "levels_of", "number", "number_reader"]
