"""The calendar of the company's place in SQL: the zone's changes as a CASE, which is many times faster than asking ICU."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.timezone import get_default_timezone


def local(column: str, first: datetime, last: datetime) -> str:
    """SQL of the local time of a UTC timestamp column whose values lie between two moments."""
    *steps, (_always, final) = changes(first, last)
    cases = "".join(f"WHEN {column} < TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}' THEN {offset} " for until, offset in steps)
    return f"({column} + to_seconds({f'CASE {cases}ELSE {final} END' if cases else final}))"


def changes(first: datetime, last: datetime) -> list[tuple[datetime, int]]:
    """Until when which offset holds: moments in UTC without a zone, seconds; the last one holds on."""
    moment = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while moment <= last:
        ahead = moment + timedelta(days=1)
        if _offset(ahead) != _offset(moment):
            found.append((_change(moment, ahead).replace(tzinfo=None), _offset(moment)))
        moment = ahead
    return [*found, (datetime.max, _offset(moment))]


def _offset(moment: datetime) -> int:
    offset = moment.astimezone(get_default_timezone()).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _change(low: datetime, high: datetime) -> datetime:
    """The minute at which the offset changes, between two midnights."""
    before = _offset(low)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if _offset(middle) == before else (low, middle)
    return high
