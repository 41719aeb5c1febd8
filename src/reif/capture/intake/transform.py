"""Bring a value into the form of its field."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

import phonenumbers
from django.utils.dateparse import parse_date, parse_datetime

_GERMAN = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
MOST = 500


def as_text(value: Any) -> str:
    """Printable text of at most 500 characters; a list becomes its entries with commas, an object nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(text for one in value[:50] if (text := as_text(one)))[:MOST]
    if value is None or isinstance(value, dict):
        return ""
    text = unicodedata.normalize("NFC", str(value)[: MOST * 4])
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MOST]


def changed(text: str, transform: str, country: str = "CH") -> str:
    """The text after a transform; a value that the transform cannot read stays as it is."""
    match transform:
        case "lower":
            return text.lower()
        case "upper":
            return text.upper()
        case "digits":
            return "".join(c for c in text if c.isdigit())
        case "first":
            return text.partition(" ")[0]
        case "rest":
            return text.partition(" ")[2]
        case "date":
            return _date(text)
        case "phone":
            return phone(text, country)
    return text


def phone(text: str, country: str = "CH") -> str:
    """+41 44 123 45 67 when it is a number of that country or of the world; else as it was told."""
    try:
        number = phonenumbers.parse(text.removeprefix("p:"), country or "CH")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def moment(text: str) -> datetime | None:
    """A point in time from ISO 8601 or Unix seconds or milliseconds; None when it is none, or lies in the future."""
    try:
        if text.isdecimal() and len(text) <= 13:
            number = int(text)
            return datetime.fromtimestamp(number / 1000 if len(text) > 11 else number, UTC)
        else:
            told = parse_datetime(re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text))
            return told if told is None or told.tzinfo else told.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _date(text: str) -> str:
    try:
        if german := _GERMAN.match(text):
            day, month, year = (int(part) for part in german.groups())
            return f"{datetime(year, month, day, tzinfo=UTC):%Y-%m-%d}"
        found = parse_date(text[:10])
    except ValueError:
        return text
    return found.isoformat() if found else text
