"""What can be done to the blocks of a page. Each takes a sheet and gives the changed one; none knows who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reif.attract.pages.sheet import Sheet, new_id

Edit = Callable[[Sheet], Sheet]


def add(block: dict[str, Any], after: str = "") -> Edit:
    """Below the block `after`; at the end without one."""

    def edit(said: Sheet) -> Sheet:
        place = _place(said, after)
        blocks = [*said.blocks]
        blocks.insert(len(blocks) if place is None else place + 1, block)
        return said.with_(blocks=blocks)

    return edit


def remove(ident: str) -> Edit:
    return lambda said: said.with_(blocks=[b for b in said.blocks if b.get("id") != ident])


def copy(ident: str, name: str) -> Edit:
    """Below itself, under a new id."""

    def edit(said: Sheet) -> Sheet:
        found = said.block(ident)
        return add({**found, "id": name}, ident)(said) if found else said

    return edit


def order(wanted: list[str]) -> Edit:
    """In this order; what somebody else has added meanwhile keeps its neighbour, and what is gone stays gone."""

    def edit(said: Sheet) -> Sheet:
        by_id = {b["id"]: b for b in said.blocks}
        names = [name for name in dict.fromkeys(wanted) if name in by_id]
        before = ""
        for block in said.blocks:
            if block["id"] not in names:
                names.insert(names.index(before) + 1 if before else 0, block["id"])
            before = block["id"]
        return said.with_(blocks=[by_id[name] for name in names])

    return edit


def put(block: dict[str, Any]) -> Edit:
    """This block in the place of the one with its id."""
    return lambda said: said.with_(blocks=[block if b.get("id") == block["id"] else b for b in said.blocks])


def about(**changes: Any) -> Edit:
    """What stands about the page: title, description, cover, …"""
    return lambda said: said.with_(**changes)


def fresh_id() -> str:
    return new_id()


def _place(said: Sheet, ident: str) -> int | None:
    return next((n for n, b in enumerate(said.blocks) if b.get("id") == ident), None)
