"""What is wrong with a value, in words: pydantic's findings, translated."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def sentence(found: dict[str, Any]) -> str:
    """One finding of pydantic as a sentence in the reader's language."""
    limits = found.get("ctx") or {}
    match found["type"]:
        case "missing":
            return _("This is missing.")
        case "extra_forbidden":
            return _("There is no field of this name.")
        case "string_too_long":
            return _("Please use at most %(number)s characters.") % {"number": limits.get("max_length")}
        case "string_too_short":
            return _("This must not be empty.")
        case "too_long":
            return _("At most %(number)s entries at once.") % {"number": limits.get("max_length")}
        case "too_short":
            return _("At least %(number)s entries.") % {"number": limits.get("min_length")}
        case "greater_than_equal" | "greater_than":
            return _("The number is too small.")
        case "less_than_equal" | "less_than":
            return _("The number is too large.")
        case "literal_error" | "enum":
            return _("Possible values: %(values)s.") % {"values": limits.get("expected", "")}
    return _by_type(str(found["type"]))


def _by_type(kind: str) -> str:
    """What was expected, by the beginning of pydantic's name for the mistake."""
    for start, words in (
        ("string", _("This must be text.")), ("int", _("This must be a whole number.")),
        ("float", _("This must be a number.")), ("bool", _("This must be true or false.")),
        ("datetime", _("This must be a time such as 2026-03-01T09:30:00Z.")),
        ("date", _("This must be a date such as 2026-03-01.")), ("list", _("This must be a list.")),
        ("dict", _("This must be an object.")), ("model", _("This must be an object.")),
    ):  # fmt: skip
        if kind.startswith(start):
            return words
    return _("This value cannot be used here.")
