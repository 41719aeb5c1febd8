"""Numbers as people write them: 12,500.5 and 12'500,5 and CHF 12.500,– and 45 % alike. A column has one way of writing them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

_NUMBER = re.compile(r"^[+-]?(\d{1,3}([ '’.,]\d{3})+|\d+)?([.,]\d+)?(e[+-]?\d+)?$", re.I)
_UNIT = (
    r"(?:€|\$|£|%|‰|°|eur|usd|gbp|chf|sfr\.?|fr\.|inr|₹|brl|r\$|pln|sek|k[mg]|m²|h|min\.?|sec\.?|std\.?|tage?|days?)"
)
_UNITS = re.compile(rf"^{_UNIT}\s*|\s*{_UNIT}$", re.I)
_DASH = re.compile(r"[.,][-–—]+$")
SOME = 4000
Say = Callable[[str], float | None]


@lru_cache(maxsize=400_000)
def number(text: str, comma: bool = False) -> float | None:
    """comma: in this column a comma stands before decimals even when three follow, and points part thousands."""
    bare = _bare(text)
    if not bare or not _NUMBER.match(bare) or not any(c.isdigit() for c in bare):
        return None
    bare = bare.replace(" ", "").replace("'", "").replace("’", "")
    try:
        return float(_pointed(bare, comma))
    except ValueError:
        return None


def number_reader(column: Iterable[str | None]) -> Say:
    """Reads the values of one column; which sign stands before decimals is told by those that leave no doubt."""
    told = [v for v in column if v is not None]
    some = told if len(told) <= SOME else told[:: len(told) // SOME]
    comma = _comma(some)
    return lambda text: number(text, comma)


def _comma(some: list[str]) -> bool:
    """By the values with one comma and no three figures after it, or with points before it."""
    commas = points = 0
    for bare in map(_bare, some):
        comma, point = bare.rfind(","), bare.rfind(".")
        if comma > point >= 0 or (comma >= 0 > point and bare.count(",") == 1 and len(bare) - comma != 4):
            commas += 1
        elif point > comma >= 0 or (point >= 0 > comma and bare.count(".") == 1 and len(bare) - point != 4):
            points += 1
    return commas > points


def _bare(text: str) -> str:
    """Without units, and a minus for brackets."""
    bare = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    if bare.isdigit():
        return bare
    sign = "-" if bare[:1] in "-(" else ""
    bare = bare.lstrip("-+(").rstrip(")")
    return sign + _DASH.sub("", _UNITS.sub("", _UNITS.sub("", bare).strip()).strip())


def _pointed(bare: str, comma_column: bool) -> str:
    """As Python writes it."""
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        return bare.replace(",", "") if point > comma else bare.replace(".", "").replace(",", ".")
    if comma >= 0:
        decimals = bare.count(",") == 1 and (comma_column or len(bare) - comma != 4)
        return bare.replace(",", "." if decimals else "")
    thousands = bare.count(".") > 1 or (comma_column and len(bare) - point == 4)
    return bare.replace(".", "") if point >= 0 and thousands else bare
