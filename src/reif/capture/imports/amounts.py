"""Sums of money as people write them: `CHF 1'200'000.-`, `1.2 Mio.`, `€ 3,5 Mrd`, `500k`."""

from __future__ import annotations

import re
from functools import lru_cache

from reif.capture.imports.refused import Refused

_SUM = re.compile(r"(?P<digits>\d[\d.,'’ \u00a0\u202f]*)\s*(?P<unit>[a-z]*)")
_TIMES = {
    "k": 1_000, "t": 1_000, "tsd": 1_000, "tausend": 1_000, "thousand": 1_000, "m": 1_000_000, "mio": 1_000_000,
    "mn": 1_000_000, "million": 1_000_000, "millionen": 1_000_000, "millions": 1_000_000, "mrd": 1_000_000_000,
    "milliarden": 1_000_000_000, "milliarde": 1_000_000_000, "b": 1_000_000_000, "bn": 1_000_000_000,
    "billion": 1_000_000_000, "billions": 1_000_000_000,
}  # fmt: skip
_MOST = 10**15


@lru_cache(maxsize=4096)
def amount(value: str) -> int:
    """In whole units. Raises Refused for what is no sum, or more than one."""
    found = list(_SUM.finditer(value.lower()))
    if len(found) != 1 or "-" in value[: found[0].start()]:
        raise Refused("number")
    digits = re.sub(r"['’ \u00a0\u202f]", "", found[0]["digits"]).rstrip(".,")
    times = _TIMES.get(found[0]["unit"], 1)
    try:
        total = round(float(_decimal(digits, times > 1)) * times)
    except ValueError as error:
        raise Refused("number") from error
    if total > _MOST:
        raise Refused("number")
    return total


def _decimal(digits: str, small: bool) -> str:
    """The last sign divides decimals when it is another one than before, or stands alone and not before three digits.

    small: a unit follows, so `1.250 Mio` has decimals.
    """
    signs = [c for c in digits if c in ".,"]
    if not signs:
        return digits
    whole, _sign, rest = digits.rpartition(signs[-1])
    alone = len(signs) == 1 and (small or len(rest) != 3)
    if alone or (len(set(signs)) == 2 and signs.count(signs[-1]) == 1):
        return f"{re.sub('[.,]', '', whole)}.{rest}"
    return re.sub("[.,]", "", digits)
