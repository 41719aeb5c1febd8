"""Amounts and days as people and platforms write them. Which mark is the decimal one, the whole column decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan januar january", "feb februar february", "mar mär märz march mrz", "apr april", "may mai", "jun juni june",
         "jul juli july", "aug august", "sep sept september", "oct okt october oktober", "nov november",
         "dec dez december dezember"), 1)
    for name in names.split()
}  # fmt: skip
_NAMED = re.compile(r"^(?:(\d{1,2})\.?\s+([A-Za-zäÄ]+)\.?|([A-Za-zäÄ]+)\.?\s+(\d{1,2}),?)\s+(\d{4})$")
_NUMBERS = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})$")


class NotAValue(ValueError):
    """The text is no amount, or no day."""


def decimal_mark(texts: Iterable[str]) -> str:
    """`,` or `.`: what stands last before one or two digits, or not before exactly three, in any cell of the column."""
    votes = {",": 0, ".": 0}
    for text in texts:
        digits = re.sub(r"[^\d.,]", "", text)
        last = max(digits.rfind(","), digits.rfind("."))
        if last < 0:
            continue
        mark, behind = digits[last], len(digits) - last - 1
        both = "," in digits and "." in digits
        if both or (behind != 3 and digits.count(mark) == 1):
            votes[mark] += 1
        elif digits.count(mark) > 1 or behind == 3:
            votes["." if mark == "," else ","] += 0.001  # type: ignore[assignment]
    return "," if votes[","] > votes["."] else "."


def cents(text: str, mark: str) -> int:
    """The amount in hundredths; an empty cell, a dash and two dashes are zero. Raises NotAValue."""
    plain = re.sub(r"[\s'’\u202f\xa0]|[A-Z]{3}|[€$£]|Fr\.", "", text.strip())
    if plain in ("", "-", "--", "–"):
        return 0
    plain = plain.replace("." if mark == "," else ",", "").replace(mark, ".")
    if not re.match(r"^[0-9]{1,12}(\.[0-9]{1,10})?$", plain):
        raise NotAValue(text)
    whole, _dot, rest = plain.partition(".")
    return int(whole) * 100 + int(rest[:2].ljust(2, "0")) + (1 if rest[2:3] >= "5" and rest[2:3] else 0)


def whole(text: str) -> int | None:
    """A number of clicks, whatever separates its thousands; None for an empty cell. Raises NotAValue."""
    plain = re.sub(r"[\s'’.,\u202f\xa0]", "", text.strip())
    if plain in ("", "-", "--", "–"):
        return None
    if not plain.isdigit() or len(plain) > 15:
        raise NotAValue(text)
    return int(plain)


def month_comes_first(texts: Iterable[str], otherwise: bool) -> bool:
    """For 11/26/2026: when one of the cells can only be read one way, all are; with dots the day is first."""
    for text in texts:
        found = _NUMBERS.match(text.strip())
        if not found:
            continue
        if found[2] == "." or int(found[1]) > 12:
            return False
        if int(found[3]) > 12:
            return True
    return otherwise


def day_of(text: str, month_first: bool) -> date:
    """Raises NotAValue."""
    plain = text.strip().partition("T")[0]
    try:
        if re.match(r"^\d{4}-\d{2}-\d{2}", plain):
            return date.fromisoformat(plain[:10])
        if re.match(r"^\d{8}$", plain):
            return datetime.strptime(plain, "%Y%m%d").date()
        if found := _NUMBERS.match(plain):
            one, other, year = int(found[1]), int(found[3]), int(found[4])
            day, month = (other, one) if month_first else (one, other)
            return date(year + 2000 if year < 100 else year, month, day)
        if named := _NAMED.match(plain):
            month = _MONTHS.get((named[2] or named[3]).lower(), 0)
            return date(int(named[5]), month, int(named[1] or named[4]))
    except ValueError as error:
        raise NotAValue(text) from error
    raise NotAValue(text)
