"""What differs between two versions of a text, field by field, the long ones line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from reif.attract.content.text import FIELDS

AROUND = 1


@dataclass(frozen=True)
class Change:
    """One field. lines: (sign, words): `-` was, `+` is, blank stands in both, `…` left out."""

    label: str
    lines: list[tuple[str, str]]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Only what differs, in the order of the editor."""
    labels = _labels()
    found = []
    for name in FIELDS:
        was, now_is = _text(before.get(name, "")), _text(after.get(name, ""))
        if was != now_is:
            found.append(Change(labels[name], _lines(was.splitlines(), now_is.splitlines())))
    return found


def _lines(was: list[str], now_is: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, was, now_is, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _kept(was[i:j], first=not i, last=j == len(was))
            continue
        found += [("-", line) for line in was[i:j] if line.strip()]
        found += [("+", line) for line in now_is[k:m] if line.strip()]
    return found


def _kept(lines: list[str], first: bool, last: bool) -> list[tuple[str, str]]:
    """A line around what changed, and a mark for the rest."""
    shown = [line for line in lines if line.strip()]
    if len(shown) <= 2 * AROUND + 1:
        return [(" ", line) for line in shown]
    head = [] if first else [(" ", line) for line in shown[:AROUND]]
    tail = [] if last else [(" ", line) for line in shown[-AROUND:]]
    return [*head, ("…", ""), *tail]


def _text(value: Any) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)


def _labels() -> dict[str, str]:
    return {
        "title": _("Title"), "slug": _("Address"), "language": _("Language"), "teaser": _("Teaser"), "body": _("Text"),
        "author": _("Author"), "author_role": _("Role of the author"), "category": _("Category"), "cover": _("Cover"),
        "description": _("Description for search engines"), "keyword": _("Focus keyword"),
        "offer": _("Offer at the end"), "related": _("To read on"),
    }  # fmt: skip
