"""Amounts as people write them, and back to cents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from babel.numbers import format_currency
from django.utils.translation import get_language

CURRENCIES = ("CHF", "EUR")
_LOCALES = {"de": "de_CH", "en": "en_GB"}
_NUMBER = re.compile(r"^(\d{1,12})(?:[.,](\d{1,2}))?$")


class NotAnAmount(ValueError):
    """The text is no amount of money."""


def say(cents: int, currency: str) -> str:
    """`CHF 12’500` in German, `CHF 12,500` in English; cents only when there are any."""
    pattern = "¤¤\xa0#,##0" if cents % 100 == 0 else "¤¤\xa0#,##0.00"
    locale = _LOCALES.get((get_language() or "de")[:2], "de_CH")
    return format_currency(cents / 100, currency, pattern, locale=locale, currency_digits=False)


def say_all(sums: Mapping[str, int]) -> str:
    """Sums by currency, one after the other: they are not added."""
    found = [say(sums[c], c) for c in sorted(sums) if sums[c]]
    return " · ".join(found)


def cents_of(text: str) -> int:
    """`12'500`, `12.500,50`, `12,500.5` and `12500` in cents. Raises NotAnAmount."""
    plain = re.sub(r"[\s'’\u202f\xa0]|CHF|EUR|Fr\.|€", "", text.strip(), flags=re.IGNORECASE).removesuffix(".-")
    plain = re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", plain)
    found = _NUMBER.match(plain)
    if not found:
        raise NotAnAmount(text)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
