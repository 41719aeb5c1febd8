"""A mail as it was sent, to be kept as proof: its headers, its text and its HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reif.channels.email.liquid import BadText
from reif.channels.email.readers import posts_of
from reif.channels.email.write import write
from reif.channels.models import Captured
from reif.log.models import Effect

HEADERS = ("From", "To", "Date", "Message-ID")


class AsSent(NamedTuple):
    """Empty when it cannot be written any more."""

    text: str = ""
    html: str = ""


def as_sent(effect: Effect) -> AsSent:
    """From the built-in mailbox, or written once more from the same wording and variables."""
    if captured := Captured.objects.filter(effect_id=effect.id).first():
        return AsSent(f"{_head(captured.headers, captured.subject)}\n\n{captured.text}", captured.html)
    try:
        written = write(posts_of([effect])[0])
    except BadText:
        return AsSent()
    return AsSent(f"{_head(written.headers, written.sheet.subject)}\n\n{written.sheet.text}", written.sheet.html)


def _head(headers: Iterable[Sequence[str]], subject: str) -> str:
    told = {pair[0]: pair[1] for pair in headers}
    return "\n".join([*(f"{name}: {told[name]}" for name in HEADERS if name in told), f"Subject: {subject}"])
