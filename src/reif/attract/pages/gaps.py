"""What is missing before a page may be published: one sentence each, with the block it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from reif.attract.pages.blocks import BY_NAME, BadBlock, Countdown, decode
from reif.attract.pages.labels import block_label, field_label
from reif.attract.pages.sheet import Sheet


@dataclass(frozen=True)
class Gap:
    """A sentence; `block` is the id of the block to mend, empty for the page itself."""

    sentence: str
    block: str = ""


def gaps(said: Sheet) -> list[Gap]:
    """Everything that keeps a page from being published, in reading order."""
    found = [] if said.title.strip() else [Gap(_("The page needs a title: write one in the settings."))]
    if not said.blocks:
        found.append(Gap(_("The page is empty: add a block first.")))
    for block in said.blocks:
        found += _of_block(block)
    return found


def _of_block(block: dict[str, Any]) -> list[Gap]:
    name, ident = str(block.get("block", "")), str(block.get("id", ""))
    kind = BY_NAME.get(name)
    if kind is None:
        return [Gap(_("There is no kind of block called “%(name)s”.") % {"name": name}, ident)]
    try:
        made = decode([block])[0]
    except BadBlock as error:
        words = {"block": block_label(name), "problem": str(error)}
        return [Gap(_("Block “%(block)s” cannot be shown: %(problem)s") % words, ident)]
    found = [_missing(name, field, ident) for field in empty_fields(block)]
    if isinstance(made, Countdown) and made.until and made.at is None:
        found.append(Gap(_("The countdown’s moment or time zone cannot be understood."), ident))
    return found


def empty_fields(block: dict[str, Any]) -> list[str]:
    """The fields that this block needs and that say nothing yet."""
    fields = msgspec.structs.fields(BY_NAME[str(block["block"])])
    return [f.name for f in fields if f.required and _empty(block.get(f.name))]


def _missing(name: str, field: str, ident: str) -> Gap:
    words = {"block": block_label(name), "field": field_label(name, field)}
    return Gap(_("Block “%(block)s”: “%(field)s” is still empty.") % words, ident)


def _empty(value: Any) -> bool:
    if isinstance(value, dict):
        return not (value.get("label") and value.get("href"))
    return value in ("", [], None)
