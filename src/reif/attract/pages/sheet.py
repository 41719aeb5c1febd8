"""A whole page as it is written: its blocks, and what stands about it. One sheet is one revision."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from reif.attract.pages.blocks import decode
from reif.attract.pages.parts import Block

if TYPE_CHECKING:
    from reif.attract.models import LandingPage


class Sheet(msgspec.Struct, frozen=True):
    """`webinar` and `asset` are slugs. `blocks` stay plain, so that a block of a newer version survives."""

    title: str
    description: str = ""
    cover: str = ""
    language: str = "de"
    bare: bool = False
    hidden: bool = False
    webinar: str = ""
    asset: str = ""
    keyword: str = ""
    blocks: list[dict[str, Any]] = []

    @property
    def parts(self) -> list[Block]:
        return decode(self.blocks)

    def block(self, wanted: str) -> dict[str, Any] | None:
        return next((b for b in self.blocks if b.get("id") == wanted), None)

    def with_(self, **changes: Any) -> Sheet:
        return msgspec.structs.replace(self, **changes)

    def plain(self) -> dict[str, Any]:
        made: dict[str, Any] = msgspec.to_builtins(self)
        return made


def sheet(said: dict[str, Any]) -> Sheet:
    """Of stored JSON; what a newer version added is left out."""
    return msgspec.convert(said, Sheet)


def sheet_of(page: LandingPage) -> Sheet:
    """What visitors get now. Blocks without an id get one that follows from their place."""
    return Sheet(
        title=page.title, description=page.description, cover=page.cover, language=page.language, bare=page.bare,
        hidden=page.hidden, webinar=page.webinar.slug if page.webinar else "",
        asset=page.asset.slug if page.asset else "", blocks=with_ids(page.blocks),
    )  # fmt: skip


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every block with an id of its own."""
    taken, made = set(), []
    for number, block in enumerate(blocks, start=1):
        name = str(block.get("id") or f"b{number}")
        while name in taken:
            name = new_id()
        taken.add(name)
        made.append({**block, "id": name})
    return made


def new_id() -> str:
    return "b" + secrets.token_hex(4)
