"""A list of addresses as somebody has it: pasted from a mail, a table, a distribution list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from reif.crm.models import Person
from reif.staff.models import User

MOST, PIECE = 20_000, 5_000
_ADDRESS = re.compile(r"[^\s,;<>()\[\]\"'|]+@[^\s,;<>()\[\]\"'|]+\.[^\s,;<>()\[\]\"'|.]{2,}")


class Pasted(NamedTuple):
    """addresses: in small letters, each once, in order. odd: lines in which there is none."""

    addresses: tuple[str, ...]
    odd: tuple[str, ...]


def read(text: str) -> Pasted:
    """`Anna Frei <anna@firma.example>; beat@firma.example`, one a line or many."""
    found: dict[str, None] = {}
    odd: list[str] = []
    for line in text.splitlines():
        there = [a.lower().removeprefix("mailto:").rstrip(".") for a in _ADDRESS.findall(line)]
        found |= dict.fromkeys(there)
        if not there and line.strip(" ,;\t\ufeff"):
            odd.append(line.strip()[:120])
    return Pasted(tuple(found), tuple(odd))


def known(addresses: Iterable[str], user: User) -> dict[str, int]:
    """People by address, of those whom this user sees."""
    told, found = list(addresses), dict[str, int]()
    seen = Person.objects.living().visible_to(user)
    for start in range(0, len(told), PIECE):
        rows = seen.filter(email__in=told[start : start + PIECE]).values_list("email", "id")
        found |= {email or "": person for email, person in rows}
    return found
