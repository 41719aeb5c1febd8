"""From an event of the door to a fact of the log. No address of a device, no query of an address, goes over."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import msgspec

from reif.capture.sources.source import path_of, touch
from reif.door.canonical import Canonical
from reif.kit.useragent import machine_why
from reif.log.catalogue.web import (
    CallClicked,
    CallViewed,
    EventTracked,
    FormStarted,
    LinkFollowed,
    PageLeft,
    PageViewed,
)
from reif.log.fact import Fact

_MOST_TEXT = 4_000


def fact_of(event: Canonical, person: int | None, visitor: int | None) -> Fact | None:
    """The fact, or None when the event only told who somebody is."""
    make = _MAKERS.get(kind_of(event))
    return make(event, person, visitor) if make else None


def kind_of(event: Canonical) -> str:
    """What it is, whoever says it: view, leave, click, event, form, call, consent, screen; else the library's word."""
    kind = (event.event or "event") if event.type == "beacon" else event.type
    return _SAME.get(kind, kind)


def form_of(event: Canonical) -> str:
    """The name of the form that somebody types into; `form` when the page gives it none."""
    return str(event.properties.get("form") or "").removeprefix("form-")[:255] or "form"


def call_of(event: Canonical) -> tuple[str, str]:
    """What became of a call to action (call.viewed, call.clicked, call.dismissed, call.converted), and its slug."""
    did, slug = str(event.properties.get("did")), str(event.properties.get("call"))
    return f"call.{did if did in _CALLS else 'viewed'}", slug[:255]


def machine_of(event: Canonical) -> str:
    """Why a machine sent it, or empty. A server that speaks for its visitors sends no agent, which is fine."""
    if event.context.robot:
        return event.context.robot
    agent = event.context.user_agent
    return machine_why(agent) if agent or event.type == "beacon" else ""


def _viewed(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    around = event.context
    url, referrer = around.url or around.path or "", around.referrer or ""
    found = touch(url, referrer, around.user_agent or None)
    return PageViewed(
        person=person, visitor=visitor, at=event.at, topic=path_of(url), url=bare(url), title=(around.title or "")[:200],
        referrer=bare(referrer), utm=found.utm or around.campaign or {}, source="" if found.internal else found.source,
        machine=bool(found.machine or machine_of(event)), variant=around.variant or "", came=found.came,
    )  # fmt: skip


def _left(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    told = event.properties
    return PageLeft(
        person=person, visitor=visitor, at=event.at, topic=path_of(event.context.url or ""),
        seconds=_number(told.get("engaged"), 86_400_000) // 1000, scroll=_number(told.get("scroll"), 100),
    )  # fmt: skip


def _followed(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    target = bare(str(event.properties.get("href", "")))
    return LinkFollowed(
        person=person, visitor=visitor, at=event.at, topic=target[:255], machine=bool(machine_of(event))
    )


def _started(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    return FormStarted(
        person=person, visitor=visitor, at=event.at, topic=form_of(event), page=path_of(event.context.url or ""),
        machine=bool(machine_of(event)),
    )  # fmt: skip


def _called(event: Canonical, person: int | None, visitor: int | None) -> Fact | None:
    """Who sends the form of a call has followed it. Closing one says nothing about anybody: it is counted alone."""
    kind, slug = call_of(event)
    make = {"call.viewed": CallViewed, "call.clicked": CallClicked, "call.converted": CallClicked}.get(kind)
    page = path_of(event.context.url or "")
    machine = bool(machine_of(event))
    return make(person=person, visitor=visitor, at=event.at, topic=slug, page=page, machine=machine) if make else None


def _happened(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    """Of our own script: name and properties stand in the beacon's data."""
    props = event.properties.get("props")
    name = str(event.properties.get("name", ""))[:255]
    return EventTracked(person=person, visitor=visitor, at=event.at, topic=name, text=_text(props))


def _tracked(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    return EventTracked(
        person=person, visitor=visitor, at=event.at, topic=(event.event or "")[:255], text=_text(event.properties)
    )


def _screen(event: Canonical, person: int | None, visitor: int | None) -> Fact:
    name = f"screen {event.event or ''}".strip()[:255]
    return EventTracked(person=person, visitor=visitor, at=event.at, topic=name, text=_text(event.properties))


_CALLS = frozenset({"viewed", "clicked", "dismissed", "converted"})
_SAME = {"page": "view", "track": "tracked"}
_MAKERS: dict[str, Callable[[Canonical, int | None, int | None], Fact | None]] = {
    "view": _viewed, "leave": _left, "click": _followed, "event": _happened, "tracked": _tracked, "screen": _screen,
    "form": _started, "call": _called,
}  # fmt: skip


@lru_cache(maxsize=16_384)
def bare(url: str) -> str:
    """Scheme, host and path; queries and fragments may hold what is nobody's business."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:500] if parts.netloc else parts.path[:500]


def _number(value: Any, most: int) -> int:
    return max(0, min(most, int(value))) if isinstance(value, int | float) and value == value else 0


def _text(properties: Any) -> str:
    return msgspec.json.encode(properties).decode()[:_MOST_TEXT] if properties else ""
