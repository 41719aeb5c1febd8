"""Where a segment is used: in the playbook's conditions, beginnings of journeys and forms, and by what is made on pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from reif.playbook.command import said_now
from reif.playbook.section import sections
from reif.rules.uses import Use, uses_elsewhere

EVENTS = ("segment.entered", "segment.left", "segment.requested")


class Entry(NamedTuple):
    """The rule, journey or form in which one is: its key, and what it is called."""

    key: str
    words: str


NOWHERE = Entry("", "")


def uses() -> dict[str, list[Use]]:
    """By segment, each place once."""
    found: dict[str, dict[Use, None]] = defaultdict(dict)
    for name, said in said_now().items():
        title = str(sections()[name].title)
        for key, entry in _walk(said, NOWHERE):
            if name != "segments":
                found[key][Use(name, title, entry.words, reverse("playbook:section", args=[name]))] = None
            elif key != entry.key:
                found[key][Use(name, title, entry.words, reverse("qualify:segment", args=[entry.key]))] = None
    for key, use in uses_elsewhere():
        found[key][use] = None
    return {key: list(places) for key, places in found.items()}


def _walk(said: Any, entry: Entry) -> Iterator[tuple[str, Entry]]:
    if isinstance(said, list | tuple):
        for inner in said:
            yield from _walk(inner, entry)
    elif isinstance(said, dict):
        entry = entry if entry.key else _entry(said)
        if said.get("field") == "segment":
            value = said.get("value")
            yield from ((str(key), entry) for key in (value if isinstance(value, list | tuple) else [value]))
        if {said.get("on"), said.get("did"), said.get("event")} & set(EVENTS):
            yield str(said.get("topic", "")), entry
        if isinstance(does := said.get("does"), dict) and does.get("segment"):
            yield str(does["segment"]), entry
        for name, inner in said.items():
            yield from _walk(inner, entry if entry.key or not isinstance(inner, dict) else Entry(name, name))


def _entry(said: dict[str, Any]) -> Entry:
    key = str(said.get("key") or said.get("slug") or said.get("id") or "")
    words = said.get("words") or said.get("title") or said.get("name") or key
    if isinstance(words, dict):
        short = (get_language() or "de")[:2]
        words = words.get(short) or next(iter(words.values()), "") or key
    return Entry(key, str(words)) if key else NOWHERE
