"""Where a segment is used: in the playbook's conditions, beginnings of journeys and forms, and by what is made on pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from reif.playbook.command import said_now
from reif.playbook.current import book
from reif.playbook.plain import plain
from reif.playbook.section import sections
from reif.rules.uses import Use, uses_elsewhere

EVENTS = ("segment.entered", "segment.left", "segment.requested")


class Entry(NamedTuple):
    """The rule, journey or form in which one is: its key, and what it is called."""

    key: str
    words: str


NOWHERE = Entry("", "")
QUALIFYING = ("scoring", "stages", "segments", "personas")
_heeded: dict[tuple[int, str], frozenset[str]] = {}


def heeded(segment: str) -> bool:
    """Whether anything in qualification asks for it now; if not, nobody here needs to hear who comes and goes."""
    found = book()
    if (found.revision, found.hash) not in _heeded:
        said = [plain(found.section(name)) for name in QUALIFYING]
        _heeded.clear()
        _heeded[found.revision, found.hash] = frozenset(key for key, _entry in _walk(said, NOWHERE))
    known = _heeded[found.revision, found.hash]
    return segment in known or any(
        key in ("", "*") or (key[-1] == "*" and segment.startswith(key[:-1])) for key in known
    )


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
        yield from ((key, entry) for key in _named(said))
        for name, inner in said.items():
            yield from _walk(inner, entry if entry.key or not isinstance(inner, dict) else Entry(name, name))


def _named(said: dict[str, Any]) -> Iterator[str]:
    """The segments that one table of a section names; of events, the topic as it stands there: empty, or with a star."""
    if said.get("field") == "segment":
        yield from map(str, many(said.get("value")))
    if {kind for name in ("on", "did", "event") for kind in many(said.get(name))} & set(EVENTS):
        yield from map(str, many(said.get("topic", "")))
    if isinstance(does := said.get("does"), dict) and does.get("segment"):
        yield str(does["segment"])


def many(said: Any) -> list[Any]:
    """The texts of a list, or the one that stands for it."""
    return [one for one in said if isinstance(one, str)] if isinstance(said, list | tuple) else [said]


def _entry(said: dict[str, Any]) -> Entry:
    key = str(said.get("key") or said.get("slug") or said.get("id") or "")
    words = said.get("words") or said.get("title") or said.get("name") or key
    if isinstance(words, dict):
        short = (get_language() or "de")[:2]
        words = words.get(short) or next(iter(words.values()), "") or key
    return Entry(key, str(words)) if key else NOWHERE
