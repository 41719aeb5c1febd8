"""Who listens to what. Each room's `hears.py` calls `hear` once for every pair of event and verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
Only = Mapping[type[Fact], Callable[[str], bool]]
TIMER = kind_of(TimerFired)


@dataclass
class Listener:
    """A verb with the kinds it wants. only: of these kinds, the topics that somebody asks for at the moment.
    seen: up to where this process knows that nothing waits for it.
    """

    name: str
    verb: Verb
    kinds: frozenset[str]
    timers: frozenset[str]
    only: dict[str, Callable[[str], bool]] = field(default_factory=dict, compare=False)
    seen: int = field(default=0, compare=False)

    def wants(self, kind: str, topic: str) -> bool:
        if kind == TIMER and self.timers:
            return topic in self.timers
        return kind in self.kinds and (kind not in self.only or self.only[kind](topic))


LISTENERS: dict[str, Listener] = {}
BY_TOPIC = {TIMER}
"""The kinds of which some listener wants some topics alone."""


def hear(what: What | Iterable[What], verb: Verb, only: Only | None = None) -> None:
    """Bring every event of these kinds to `verb`, in log order, in batches, once each.

    The verb runs in one transaction with its own cursor, so its database work happens exactly once; what must happen
    in the world goes through the outbox. It is called with at most 2,000 events. only: whether the verb would do anything
    with a topic of these facts as things stand; when not, they are passed over unread, however many they are.
    """
    wanted = [what] if isinstance(what, Named | type) else list(what)
    name = f"{verb.__module__.removeprefix('reif.')}.{verb.__name__}"
    kinds = frozenset(kind_of(w) for w in wanted if not isinstance(w, Named))
    timers = frozenset(w.name for w in wanted if isinstance(w, Named))
    sieves = {kind_of(fact): wanted_topic for fact, wanted_topic in (only or {}).items()}
    BY_TOPIC.update(sieves)
    if name in LISTENERS:
        old = LISTENERS[name]
        kinds, timers, sieves = kinds | old.kinds, timers | old.timers, old.only | sieves
    LISTENERS[name] = Listener(name, verb, kinds, timers, sieves)


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
