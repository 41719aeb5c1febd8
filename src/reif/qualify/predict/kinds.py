"""What kind of thing a column holds, told from its values alone."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from enum import Enum

from reif.qualify.predict.table import Column

NEARLY_ALL = 0.97
FEW_ROWS = 100
_NUMBER = re.compile(r"^[+-]?(\d{1,3}([ '’.,]\d{3})+|\d+)?([.,]\d+)?(e[+-]?\d+)?$", re.I)
_DATE = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|^(\d{1,2})([./-])(\d{1,2})\5(\d{4}|\d{2})(?=$|[ T,])")
_TIME = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")


class Kind(Enum):
    """number and date are ordered; category has levels; text has words; the others say nothing that lasts."""

    NUMBER = "number"
    DATE = "date"
    CATEGORY = "category"
    TEXT = "text"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"


def kind_of(column: Column) -> Kind:
    """The kind of a column. A column that is filled or not, with one value, is a category."""
    told = [value for value in column if value is not None]
    levels = len(set(told))
    if levels == 0 or (levels == 1 and len(told) == len(column)):
        return Kind.CONSTANT
    if _share(told, lambda v: number(v) is not None) >= NEARLY_ALL:
        return Kind.IDENTIFIER if _numbered(told, levels) else Kind.NUMBER
    if _share(told, lambda v: _DATE.match(v) is not None) >= NEARLY_ALL:
        return Kind.DATE
    if _share(told, lambda v: "@" in v and " " not in v) >= NEARLY_ALL:
        return Kind.ADDRESS
    return _words(told, levels)


def _numbered(told: list[str], levels: int) -> bool:
    """Whole numbers, nearly every one another: a number of the row, of a customer, of a telephone."""
    return len(told) >= FEW_ROWS and levels >= 0.98 * len(told) and all(v.lstrip("+-").isdigit() for v in told)


def _words(told: list[str], levels: int) -> Kind:
    words = sum(v.count(" ") + 1 for v in told[:5000]) / len(told[:5000])
    if len(told) < FEW_ROWS or levels < 0.5 * len(told):
        return Kind.CATEGORY
    if words >= 3:
        return Kind.TEXT
    return Kind.IDENTIFIER if levels >= 0.9 * len(told) else Kind.CATEGORY


def _share(told: list[str], holds: object) -> float:
    some = told if len(told) <= 4000 else told[:: len(told) // 4000]
    return sum(bool(holds(v)) for v in some) / len(some)  # type: ignore[operator]


def number(text: str) -> float | None:
    """12,500.5 and 12'500,5 and 12.500,5 and 45 % alike; None when it is no number."""
    bare = text.strip().removesuffix("%").strip().replace("\u00a0", " ").replace("\u202f", " ")
    if not bare or not _NUMBER.match(bare) or not any(c.isdigit() for c in bare):
        return None
    bare = bare.replace(" ", "").replace("'", "").replace("’", "")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        bare = bare.replace(",", "") if point > comma else bare.replace(".", "").replace(",", ".")
    elif comma >= 0:
        bare = bare.replace(",", ".") if bare.count(",") == 1 and len(bare) - comma != 4 else bare.replace(",", "")
    elif bare.count(".") > 1:
        bare = bare.replace(".", "")
    try:
        return float(bare)
    except ValueError:
        return None


def day_first(column: Column) -> bool:
    """Whether 03/04/2026 is the third of April here: told by a first part above twelve, else by a point between."""
    parts = [m for v in column if v is not None and (m := _DATE.match(v)) and m.group(4)]
    if any(int(m.group(4)) > 12 for m in parts):
        return True
    return not any(int(m.group(6)) > 12 for m in parts) and any(m.group(5) != "/" for m in parts)


def moment(text: str, european: bool) -> float | None:
    """Days since 1970 with the time of day as a fraction; None when it is no date."""
    found = _DATE.match(text)
    if found is None:
        return None
    if found.group(1):
        year, month, day = (int(found.group(i)) for i in (1, 2, 3))
    else:
        first, second, year = int(found.group(4)), int(found.group(6)), int(found.group(7))
        day, month = (first, second) if european else (second, first)
        year += 2000 if year < 70 else 1900 if year < 100 else 0
    clock = _TIME.search(text, found.end() - 1)
    hour, minute = (int(clock.group(1)) % 24, int(clock.group(2)) % 60) if clock else (0, 0)
    try:
        return (datetime(year, month, day) - datetime(1970, 1, 1)).days + (hour + minute / 60) / 24
    except ValueError:
        return None


def levels_of(column: Column, most: int, least: int = 1) -> dict[str, int]:
    """The most frequent values with a code each, the most frequent first."""
    counted = Counter(v for v in column if v is not None)
    frequent = [level for level, n in counted.most_common(most) if n >= least]
    return {level: code for code, level in enumerate(frequent)}
