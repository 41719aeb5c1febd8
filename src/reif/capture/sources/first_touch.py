"""Where a visitor was seen first, and where from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reif.capture.sources.source import path_of, touch
from reif.crm.models import Visitor
from reif.door.canonical import Canonical
from reif.log.rewrite import rewrite

COLUMNS = ("source", "source_detail_1", "source_detail_2", "utm", "landing_path", "first_seen")


def first_seen(events: Sequence[Canonical], keys: Callable[[Canonical], Iterable[str]]) -> dict[str, Canonical]:
    """The earliest event of each key; a page view when there is one, for it tells where somebody came from."""
    first: dict[str, Canonical] = {}
    for event in events:
        for key in keys(event):
            if key not in first or _tells_more(event, first[key]):
                first[key] = event
    return first


def _tells_more(event: Canonical, than: Canonical) -> bool:
    return event.context.url is not None and (than.context.url is None or event.at < than.at)


def first_fields(event: Canonical) -> dict[str, Any]:
    """The columns of a visitor whose first event this is."""
    around = event.context
    found = touch(around.url or "", around.referrer or "", around.user_agent or None)
    return {
        "first_seen": event.at, "source": "" if found.internal or not around.url else found.source,
        "source_detail_1": found.detail_1[:255], "source_detail_2": found.detail_2[:255],
        "utm": found.utm or around.campaign or {}, "landing_path": path_of(around.url) if around.url else "",
        "language": (around.locale or "")[:2],
    }  # fmt: skip


def fill(events: dict[int, Canonical]) -> None:
    """Events by visitor: those that a form made before their page views came out of the spool."""
    rows = [Visitor(id=number, **first_fields(event)) for number, event in events.items()]
    rewrite(rows, COLUMNS)
