"""What differs between two states of a page, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reif.attract.content.markdown import plain
from reif.attract.pages.labels import block_label, field_label
from reif.attract.pages.sheet import Sheet

ABOUT = ("title", "description", "cover", "language", "bare", "hidden", "webinar", "asset", "keyword")


@dataclass(frozen=True)
class Difference:
    """One sentence; was and becomes are shown below it when they are words."""

    sort: str
    sentence: str
    was: str = ""
    becomes: str = ""


def differences(old: Sheet, new: Sheet) -> list[Difference]:
    """From the top of the page to its end: settings, then blocks."""
    return [*_about(old, new), *_blocks(old, new)]


def summary(block: dict[str, Any], most: int = 60) -> str:
    """The first words of a block, to know it by."""
    for key in ("title", "text", "body", "caption", "form", "href", "picture"):
        if words := block.get(key):
            return cut(plain(str(words)), most)
    for item in block.get("items", [])[:1]:
        words = next((item[key] for key in ("title", "question", "name", "text") if item.get(key)), "")
        return cut(plain(str(words)), most)
    return ""


def cut(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def _about(old: Sheet, new: Sheet) -> Iterator[Difference]:
    names = about_labels()
    for key in ABOUT:
        was, becomes = getattr(old, key), getattr(new, key)
        if was == becomes:
            continue
        if isinstance(was, bool):
            yield Difference("changed", f"{names[key]}: {_('yes') if becomes else _('no')}")
        else:
            yield Difference("changed", _("%(what)s changed") % {"what": names[key]}, cut(was, 400), cut(becomes, 400))


def about_labels() -> dict[str, str]:
    return {
        "title": _("Title"), "description": _("Description"), "cover": _("Preview picture"), "language": _("Language"),
        "bare": _("Without navigation"), "hidden": _("Not for search engines"), "webinar": _("Webinar"),
        "asset": _("File"), "keyword": _("Focus keyword"),
    }  # fmt: skip


def _blocks(old: Sheet, new: Sheet) -> Iterator[Difference]:
    was, is_ = ({b.get("id"): b for b in one.blocks} for one in (old, new))
    for block in new.blocks:
        if block.get("id") not in was:
            yield Difference("added", _("“%(block)s” added") % {"block": called(block)}, "", summary(block, 200))
        elif was[block["id"]] != block:
            yield from _fields(was[block["id"]], block)
    for block in old.blocks:
        if block.get("id") not in is_:
            yield Difference("removed", _("“%(block)s” removed") % {"block": called(block)}, summary(block, 200))
    kept = [b.get("id") for b in old.blocks if b.get("id") in is_]
    if kept != [b.get("id") for b in new.blocks if b.get("id") in was]:
        yield Difference("moved", _("The blocks stand in another order"))


def _fields(was: dict[str, Any], becomes: dict[str, Any]) -> Iterator[Difference]:
    name = str(becomes.get("block", ""))
    for key in dict.fromkeys([*was, *becomes]):
        if key in ("id", "block") or was.get(key) == becomes.get(key):
            continue
        words = {"block": called(becomes), "field": field_label(name, key)}
        old, new = said(was.get(key)), said(becomes.get(key))
        yield Difference("changed", _("“%(block)s”: %(field)s changed") % words, cut(old, 400), cut(new, 400))


def called(block: dict[str, Any]) -> str:
    """Kind and first words: Opening · Dreissig Minuten …"""
    words = summary(block, 40)
    return (
        f"{block_label(str(block.get('block', '')))} · {words}" if words else block_label(str(block.get("block", "")))
    )


def said(value: Any) -> str:
    """A value of a block as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " → ".join(str(value[k]) for k in ("label", "href") if value.get(k)) or " · ".join(
            said(v) for k, v in value.items() if v and k != "icon"
        )
    if isinstance(value, list):
        return " / ".join(said(one) for one in value)
    return str(value or "")
