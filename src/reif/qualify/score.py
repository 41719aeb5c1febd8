"""Give points for what people do.

Hears every kind of behaviour, and visitor.identified, which brings a visitor's whole past. Says person.scored.
"""

from __future__ import annotations

from typing import Any

from reif.log.event import Event
from reif.qualify.book import Change, book
from reif.qualify.deeds import deeds
from reif.qualify.engine import engine


def score(events: list[Event[Any]]) -> None:
    """Each event earns once by each rule; machines earn nothing, and nobody earns until it is known who it was."""
    book(earnings(events))


def earnings(events: list[Event[Any]]) -> Change:
    """The rows that these events earn."""
    ready = engine()
    return Change(ready.earned(deeds(events, ready.kinds)))
