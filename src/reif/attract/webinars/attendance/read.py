"""Read a list of a meeting tool: who was there, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from reif.attract.webinars.attendance.decode import decode
from reif.attract.webinars.attendance.durations import minutes_in, moment_in, together
from reif.attract.webinars.attendance.tables import Row, rows_of
from reif.kit.address import BadAddress, normalise
from reif.kit.fold import fold


class Attendee(msgspec.Struct, frozen=True):
    """One person of a list. email "" when the tool does not know it; was_there False for those it lists as absent."""

    email: str
    name: str
    minutes: int
    was_there: bool = True


class Reading(msgspec.Struct, frozen=True):
    """format: zoom, teams, meet, goto or plain."""

    format: str
    attendees: list[Attendee]


def read(raw: bytes) -> Reading:
    """Several joins of one person are one stay. Raises BadList."""
    text = decode(raw)
    rows = rows_of(text)
    together_by: dict[str, list[Row]] = {}
    for row in rows:
        if key := _who(row):
            together_by.setdefault(key, []).append(row)
    return Reading(_format(text), [_attendee(some) for some in together_by.values()])


def _who(row: Row) -> str:
    return _address(row.get("email")) or fold(_name(row))


def _attendee(rows: Sequence[Row]) -> Attendee:
    email = next((found for row in rows if (found := _address(row.get("email")))), "")
    name = next((found for row in rows if (found := _name(row))), "")
    present = [row for row in rows if fold(row.get("attended")) not in ("no", "nein")]
    return Attendee(email, name[:200], round(_minutes(present)), bool(present))


def _minutes(rows: Sequence[Row]) -> float:
    """By the times, where each row has both; a summary row that spans them all is not added to them."""
    stays: list[tuple[datetime, datetime]] = []
    for row in rows:
        start, end = moment_in(row.get("join")), moment_in(row.get("leave"))
        if start and end and end >= start:
            stays.append((start, end))
    told = sum(minutes_in(row.get("duration")) or 0 for row in rows)
    if stays and len(stays) == len(rows):
        span = together(stays)
        return min(told, span) if told and len(rows) > 1 else told or span
    return told


def _name(row: Row) -> str:
    first, last = row.get("first"), row.get("last")
    return " ".join(part for part in (first, last) if part) or row.get("name")


def _address(text: str) -> str:
    try:
        return normalise(text) if "@" in text else ""
    except BadAddress:
        return ""


def _format(text: str) -> str:
    head = fold(text[:4000])
    if "in-meeting duration" in head or "besprechungsdauer" in head or "participant id (upn)" in head or "upn" in head:
        return "teams"
    if "interest rating" in head or "gotowebinar" in head or "goto webinar" in head:
        return "goto"
    if "original name" in head or "originalname" in head or "webinar id" in head or "attendee report" in head:
        return "zoom"
    return "meet" if "time exited" in head or "time joined" in head else "plain"
