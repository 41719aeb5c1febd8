"""Places on a page that other rooms fill. A page names the place, a room registers what it draws there.

Phases do not know each other, so the inbox cannot name the deals: whoever has something for the place says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Draw = Callable[..., str]


@dataclass(frozen=True)
class Panel:
    """draw(request, **about) -> HTML, or an empty text for nothing."""

    place: str
    key: str
    draw: Draw
    roles: frozenset[str]
    order: int


_panels: dict[tuple[str, str], Panel] = {}


def panel(place: str, key: str, draw: Draw, roles: frozenset[str] = frozenset(), order: int = 100) -> None:
    """Register what to draw at a place (`inbox`, `inbox.person`, …); `roles` empty means everybody."""
    _panels[place, key] = Panel(place, key, draw, roles, order)


def panels_for(place: str, request: Any, **about: Any) -> list[str]:
    """What the rooms draw at this place for this reader, in order."""
    mine = [p for p in _panels.values() if p.place == place and (not p.roles or request.user.role in p.roles)]
    drawn = [p.draw(request, **about) for p in sorted(mine, key=lambda p: (p.order, p.key))]
    return [html for html in drawn if html.strip()]
