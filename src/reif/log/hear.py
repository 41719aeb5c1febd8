"""Who listens to what. Each room's `hears.py` calls `hear` once for every pair of event and verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from reif.log.catalogue.timers import Named, TimerFired
from reif.log.event import Event
from reif.log.fact import Fact, kind_of

Verb = Callable[[list[Event[Any]]], None]
What = type[Fact] | Named


@dataclass
class Listener:
    """A verb with the kinds it wants. `seen`: up to where this process knows that nothing waits for it."""

    name: str
    verb: Verb
    kinds: frozenset[str]
    timers: frozenset[str]
    seen: int = field(default=0, compare=False)

    def wants(self, kind: str, topic: str) -> bool:
        if kind == "timer.fired" and self.timers:
            return topic in self.timers
        return kind in self.kinds


LISTENERS: dict[str, Listener] = {}


def hear(what: What | Iterable[What], verb: Verb) -> None:
    """Bring every event of these kinds to `verb`, in log order, in batches, once each.

    The verb runs in one transaction with its own cursor, so its database work happens exactly once; what must happen
    in the world goes through the outbox. It is called with at most 2,000 events.
    """
    wanted = [what] if isinstance(what, Named | type) else list(what)
    name = f"{verb.__module__.removeprefix('reif.')}.{verb.__name__}"
    kinds = frozenset(kind_of(w) for w in wanted if not isinstance(w, Named))
    timers = frozenset(w.name for w in wanted if isinstance(w, Named))
    if name in LISTENERS:
        old = LISTENERS[name]
        kinds, timers = kinds | old.kinds, timers | old.timers
    LISTENERS[name] = Listener(name, verb, kinds, timers)


def load() -> dict[str, Listener]:
    """All listeners, after importing each room's `hears.py`."""
    _import_all()
    return LISTENERS


@cache
def _import_all() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("reif.") and find_spec(f"{app.name}.hears"):
            import_module(f"{app.name}.hears")


__all__ = ["LISTENERS", "Listener", "TimerFired", "hear", "load"]
