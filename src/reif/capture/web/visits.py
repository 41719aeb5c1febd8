"""A visit is what one browser does without half an hour of silence; another campaign begins a new one.

Says visit.began. Events may come late and in any order within the half hour; a page seen on the way lengthens its visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from reif.capture.sources.source import path_of, touch
from reif.capture.web.facts import kind_of, machine_of
from reif.capture.web.stays import Stay, keep, stays_near
from reif.capture.web.where import where
from reif.door.canonical import Canonical
from reif.kit.useragent import device
from reif.log.catalogue.web import VisitBegan

SILENCE = timedelta(minutes=30)
LONGEST = 86_400
Told = tuple[Canonical, int | None, int | None]


def visits(told: Iterable[Told]) -> list[VisitBegan]:
    """Events with their person and visitor. Writes the visits, returns what is to be said about new ones."""
    by_visitor: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one[2] is not None and _counts(one[0]):
            by_visitor[one[2]].append(one)
    if not by_visitor:
        return []
    times = [event.at for some in by_visitor.values() for event, _person, _visitor in some]
    going = stays_near(list(by_visitor), min(times), max(times), SILENCE)
    began = [fact for visitor, some in by_visitor.items() for fact in _stay(visitor, some, going[visitor])]
    keep(stay for mine in going.values() for stay in mine)
    return began


def _counts(event: Canonical) -> bool:
    return kind_of(event) in _PART and not machine_of(event)


_PART = frozenset({"view", "leave", "click", "event", "form", "call"})


def _stay(visitor: int, some: list[Told], mine: list[Stay]) -> Iterable[VisitBegan]:
    """Put the events of one visitor into visits, new ones when they must be."""
    for event, person, _visitor in sorted(some, key=lambda one: one[0].at):
        view = kind_of(event) == "view"
        visit = _that_holds(event, mine, _campaign(event) if view else "")
        if visit is None and view:
            visit = _new(visitor, event)
            mine.append(visit)
            yield VisitBegan(
                person=person, visitor=visitor, at=event.at, topic=visit.entry, source=visit.source,
                campaign=visit.campaign, country=visit.country, by=visit.by, device=visit.device,
            )  # fmt: skip
        if visit is not None:
            _lengthen(visit, event, view)


def _that_holds(event: Canonical, mine: Sequence[Stay], campaign: str) -> Stay | None:
    for visit in reversed(mine):
        if event.at <= visit.ended_at + SILENCE and event.at >= visit.started_at - SILENCE:
            return visit if campaign in ("", visit.campaign) else None
    return None


def _lengthen(visit: Stay, event: Canonical, view: bool) -> None:
    if view:
        path = _path(event)
        if event.at < visit.started_at:
            visit.entry = path
        if event.at >= visit.ended_at or not visit.pages:
            visit.exit = path
        visit.pages += 1
    elif kind_of(event) == "leave":
        visit.seconds = min(LONGEST, visit.seconds + _seconds(event))
    visit.started_at, visit.ended_at = min(visit.started_at, event.at), max(visit.ended_at, event.at)


def _new(visitor: int, event: Canonical) -> Stay:
    around, path = event.context, _path(event)
    found = touch(around.url or "", around.referrer or "", around.user_agent or None)
    country, by = where(event)
    return Stay(
        0, visitor, event.at, event.at, path, path, 0, 0, found.source, _campaign(event), country, by,
        device(around.user_agent), (around.locale or "")[:2].lower(),
    )  # fmt: skip


def _campaign(event: Canonical) -> str:
    """The name of the campaign in the address; its source when it has no name."""
    around = event.context
    utm = touch(around.url).utm if around.url and "=" in around.url else around.campaign or {}
    return str(utm.get("utm_campaign") or utm.get("name") or utm.get("utm_source") or "")[:200]


def _path(event: Canonical) -> str:
    return path_of(event.context.url) if event.context.url else (event.context.path or "/")[:255]


def _seconds(event: Canonical) -> int:
    told = event.properties.get("engaged")
    return max(0, min(LONGEST, int(told / 1000))) if isinstance(told, int | float) and told == told else 0
