"""When an event happened, although the client's clock may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 100_000_000_000  # numbers above are milliseconds since 1970, below seconds


def moment(value: str | int | float) -> datetime:
    """ISO 8601 text (UTC when it names no zone) or a Unix time; ValueError otherwise."""
    if isinstance(value, str):
        at = datetime.fromisoformat(value)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("out of range") from error


def happened(original: datetime | None, sent: datetime | None, received: datetime) -> datetime:
    """Segment's correction: received - (sent - original). Never later than received, never before 1970."""
    if original is None:
        return received
    try:
        at = received - (sent - original) if sent is not None else original
    except OverflowError:
        return received
    if at > received:
        return received
    return max(at, EPOCH)
