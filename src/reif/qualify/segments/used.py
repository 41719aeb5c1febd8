"""Where the playbook uses a segment: conditions, beginnings of journeys, forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from reif.playbook.command import said_now
from reif.playbook.section import sections

EVENTS = ("segment.entered", "segment.left", "segment.requested")


class Use(NamedTuple):
    """section: its key; title: in words; entry: the key of the rule, journey, form."""

    section: str
    title: str
    entry: str


def uses() -> dict[str, list[Use]]:
    """By segment, each place once."""
    found: dict[str, dict[Use, None]] = defaultdict(dict)
    for name, said in said_now().items():
        title = str(sections()[name].title)
        for key, entry in _walk(said, ""):
            if not (name == "segments" and key == entry):
                found[key][Use(name, title, entry)] = None
    return {key: list(places) for key, places in found.items()}


def _walk(said: Any, entry: str) -> Iterator[tuple[str, str]]:
    if isinstance(said, list):
        for inner in said:
            yield from _walk(inner, entry)
    elif isinstance(said, dict):
        entry = entry or str(said.get("key") or said.get("slug") or said.get("id") or "")
        if said.get("field") == "segment":
            value = said.get("value")
            yield from ((str(key), entry) for key in (value if isinstance(value, list) else [value]))
        if {said.get("on"), said.get("did"), said.get("event")} & set(EVENTS):
            yield str(said.get("topic", "")), entry
        if isinstance(does := said.get("does"), dict) and does.get("segment"):
            yield str(does["segment"]), entry
        for name, inner in said.items():
            yield from _walk(inner, entry or (name if isinstance(inner, dict) else ""))
