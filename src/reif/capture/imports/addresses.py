"""The address in a cell, also when there are several, or it is written as mail programs write it."""

from __future__ import annotations

import re
from functools import lru_cache

from reif.kit.address import BadAddress, normalise

_BETWEEN = re.compile(r"\s*[;,|\n]\s*|\s+/\s+")
_WRAPPED = re.compile(r"[^<>]*<([^<>\s]+)>")


def address(cell: str) -> tuple[str, str]:
    """The first address, normalised, and those after it as they stand. Raises BadAddress.

    `Anna <anna@eins.example>`, `mailto:anna@eins.example`, `anna@eins.example; a.huber@gmx.ch`. Only when each part is
    an address for certain: of `hans meier@eins.example` nobody knows which blank is too much.
    """
    try:
        return normalise(cell), ""
    except BadAddress as error:
        parts = [_bare(part) for part in _BETWEEN.split(cell.strip()) if part.strip()]
        if not parts or (len(parts) == 1 and parts[0] == cell.strip()):
            raise
        try:
            found = [normalise(part) for part in parts]
        except BadAddress:
            raise error from None
        return found[0], ", ".join(one for one in found[1:] if one != found[0])


@lru_cache(maxsize=1024)
def is_address(cell: str) -> bool:
    """Whether that is one, or several."""
    try:
        return bool(address(cell)[0])
    except BadAddress:
        return False


def _bare(part: str) -> str:
    wrapped = _WRAPPED.fullmatch(part)
    return (wrapped[1] if wrapped else part).removeprefix("mailto:").strip()
