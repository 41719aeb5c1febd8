"""Dates and times in forms, as browsers and as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reif.capture.forms.field_file import Field
from reif.capture.forms.wrong import Wrong
from reif.kit.clock import now

T = TypeVar("T")


def a_date(field: Field, value: str) -> str:
    """2026-12-31 or 31.12.2026."""
    found = _parsed(date.fromisoformat, value) or _swiss(value)
    if found is None:
        raise Wrong(_("Please enter a date, for example 2026-12-31 or 31.12.2026."))
    return _not_beyond(field, found).isoformat()


def _swiss(value: str) -> date | None:
    """31.12.2026"""
    parts = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", value)
    return _parsed(lambda v: date(int(parts[3]), int(parts[2]), int(parts[1])), value) if parts else None


def _not_beyond(field: Field, found: date) -> date:
    least, most = day(field.least), day(field.most)
    if least and found < least:
        raise Wrong(_("The earliest date is %(date)s.") % {"date": date_format(least, "SHORT_DATE_FORMAT")})
    if most and found > most:
        raise Wrong(_("The latest date is %(date)s.") % {"date": date_format(most, "SHORT_DATE_FORMAT")})
    return found


def day(value: float | str | None) -> date | None:
    """A limit that is a day: `2026-12-31`, `today`, `+30` or `-7` days from today."""
    if not isinstance(value, str) or not value:
        return None
    if value == "today" or re.fullmatch(r"[+-]\d{1,5}", value):
        return localdate(now()) + timedelta(days=0 if value == "today" else int(value))
    return _parsed(date.fromisoformat, value)


def a_time(field: Field, value: str) -> str:
    """14:30"""
    found = _parsed(time.fromisoformat, value.replace(".", ":"))
    if found is None:
        raise Wrong(_("Please enter a time, for example 14:30."))
    return found.strftime("%H:%M")


def a_datetime(field: Field, value: str) -> str:
    """2026-12-31T14:30"""
    found = _parsed(datetime.fromisoformat, value)
    if found is None:
        raise Wrong(_("Please enter a date and a time, for example 2026-12-31 14:30."))
    _not_beyond(field, found.date())
    return found.strftime("%Y-%m-%dT%H:%M")


def _parsed(read: Callable[[str], T], value: str) -> T | None:
    try:
        return read(value)
    except ValueError:
        return None
