"""A section as people read it: blocks of entries, each with its name and a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.playbook.diff import is_condition, name_of, shown
from reif.playbook.labels import block_label, label
from reif.rules import happenings

WORDS = ("words", "key", "id", "name", "slug")
LONG = 60


class Line(NamedTuple):
    """A key in words and what it says. `wide`: it gets a line of its own."""

    label: str
    text: str
    wide: bool


@dataclass(frozen=True)
class Entry:
    """A rule, a mail, a journey: `title` in words, `key` as in the file, `lines` of label and text."""

    title: str
    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Block:
    """What stands under one key of the file."""

    title: str
    entries: tuple[Entry, ...]


def story(said: dict[str, Any]) -> list[Block]:
    """The plain values of a section, in blocks of the active language."""
    plain = {key: value for key, value in said.items() if not _is_block(value) and key not in WORDS}
    own = [Block("", (Entry(_words(said) or _("Settings"), "", tuple(_lines(plain))),))] if plain else []
    return own + [
        Block(block_label(key), tuple(_entries(key, value))) for key, value in said.items() if _is_block(value)
    ]


def sizes(said: dict[str, Any]) -> str:
    """`Rules: 12 · Groups: 3`, for the list of sections."""
    lists = [
        (block_label(key), len(value)) for key, value in said.items() if _is_block(value) and isinstance(value, list)
    ]
    return " · ".join(f"{title}: {count}" for title, count in lists) or _("Settings")


def _is_block(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and not is_condition(value) and set(value) - {"de", "en"} != set()
    return _is_tables(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and not is_condition(v) for v in value)


def _entries(key: str, value: Any) -> Iterator[Entry]:
    if isinstance(value, list):
        yield from (_entry(inner, "") for inner in value)
    elif all(_is_block(inner) for inner in value.values()):
        yield from (_entry(inner, name) for name, inner in value.items())
    else:
        yield _entry(value, key)


def _entry(value: dict[str, Any], key: str) -> Entry:
    key = name_of(value) or key
    return Entry(_words(value) or label(key), key, tuple(_lines({k: v for k, v in value.items() if k not in WORDS})))


def _words(value: dict[str, Any]) -> str:
    words = value.get("words") or value.get("name") or value.get("subject") or ""
    return _translated(words) if isinstance(words, dict) else str(words)


def _translated(words: dict[str, Any]) -> str:
    return str(words.get((get_language() or "de")[:2]) or next(iter(words.values()), ""))


def _lines(value: dict[str, Any]) -> Iterator[Line]:
    for key, inner in value.items():
        if _is_tables(inner):
            yield from (Line(f"{label(key)} {number}", _said(key, v), True) for number, v in enumerate(inner, start=1))
        else:
            text = _said(key, inner)
            yield Line(label(key), text, is_condition(inner) or len(text) > LONG)


def _said(key: str, value: Any) -> str:
    if isinstance(value, dict) and set(value) <= {"de", "en"}:
        return shown(_translated(value))
    if key in ("on", "event"):
        kinds = [value] if isinstance(value, str) else value
        return ", ".join(happenings.label(kind, get_language() or "de") for kind in kinds)
    if isinstance(value, dict) and not is_condition(value):
        named = [_words(value) or name_of(value)]
        rest = [f"{label(k)}: {_said(k, v)}" for k, v in value.items() if k not in WORDS]
        return " · ".join(filter(None, [*named, *rest]))
    if _is_tables(value):
        return "; ".join(_said(key, inner) for inner in value)
    return shown(value)
