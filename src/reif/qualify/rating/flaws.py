"""What is wrong with the data of somebody. No database in here: what is known goes in, keys of flaws come out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import phonenumbers

from reif.kit.address import BadAddress, domain_of, is_free_mail, is_throwaway, normalise
from reif.kit.fold import fold

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
ROLES, _STRANGE = frozenset(_WORDS["roles"].split()), frozenset(_WORDS["strange"].split())
_LETTER = re.compile(r"[^\W\d_]")
_MIXED = re.compile(r"\d|[@/\\<>{}=#$%^*_|~]|https?|www\.")
_SAME = re.compile(r"(.)\1{2,}")
REGIONS = ("CH", "DE", "AT")
"""Tried for a number without a country code when it is not known where somebody is."""


def flaws(known: Mapping[str, Any], moment: datetime, fresh_days: int) -> frozenset[str]:
    """known: columns of a person, with `company__name` and `company__domain`; keys of `ways.FLAWS` come out."""
    found = set(_of_address(known["email"] or "", known["company__domain"] or ""))
    if known["phone"] and not is_readable(known["phone"], known["country"]):
        found.add("phone_unreadable")
    if known["job_title"] and not (known["department"] or known["level"]):
        found.add("title_strange")
    if is_strange(known["first_name"], known["last_name"]):
        found.add("name_strange")
    if known["told_at"] is not None and known["told_at"] + timedelta(days=fresh_days) <= moment:
        found.add("stale")
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _of_address(email: str, company: str) -> tuple[str, ...]:
    if not email:
        return ()
    try:
        normalise(email)
    except BadAddress:
        return ("email_invalid",)
    domain, found = domain_of(email), []
    if is_throwaway(domain):
        found.append("email_throwaway")
    if email.partition("@")[0].partition("+")[0].lower() in ROLES:
        found.append("email_role")
    if company and not is_free_mail(domain) and not _same_house(domain, company.lower()):
        found.append("domain_differs")
    return tuple(found)


def _same_house(domain: str, company: str) -> bool:
    """The same domain, one below the other, or the same name under another ending: firma.ch and firma.de."""
    if domain == company or domain.endswith(f".{company}") or company.endswith(f".{domain}"):
        return True
    one, other = (name.rsplit(".", 2)[-2] if "." in name else name for name in (domain, company))
    return one == other


@lru_cache(maxsize=20_000)
def is_readable(phone: str, country: str) -> bool:
    """Whether it is a number that could be called, in the person's country or with a country code."""
    for region in (country,) if country else REGIONS:
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(phone[:60], region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def is_strange(first: str, last: str) -> bool:
    """A name that nobody has: no letters, signs of addresses, the same letter again and again, or “test”."""
    names = [name for name in (first, last) if name.strip()]
    if any(not _LETTER.search(name) or _MIXED.search(name) or _SAME.search(name.lower()) for name in names):
        return True
    words = [word for name in names for word in fold(name).split()]
    return bool(words) and all(word in _STRANGE for word in words)
