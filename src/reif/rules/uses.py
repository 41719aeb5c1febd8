"""Who asks for a segment outside of the playbook's files: a room above tells it here, so that pages and checks can say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Use(NamedTuple):
    """section: of the playbook, empty outside of it. title: in words; entry: the name of the rule, journey, call.

    href: the page where it can be changed.
    """

    section: str
    title: str
    entry: str
    href: str = ""

    def __str__(self) -> str:
        return f"{self.title} “{self.entry}”" if self.entry else self.title


Ask = Callable[[], Iterator[tuple[str, Use]]]
_asks: dict[str, Ask] = {}


def using(name: str, ask: Ask) -> None:
    """Register who knows of uses: pairs of a segment's key and the place."""
    _asks[name] = ask


def uses_elsewhere() -> Iterator[tuple[str, Use]]:
    """All of them, in the reader's language."""
    for ask in _asks.values():
        yield from ask()
