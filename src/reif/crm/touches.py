"""Keep where people came from, and which touch made them a lead and an opportunity.

Hears page.viewed, form.submitted, lead.received, enquiry.received, person.created, person.imported, person.staged, deal.opened, visitor.identified,
touch.corrected, person.erased. Says person.changed when the source of a person is another one by that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reif.crm.models import SOURCES, Origin, Sourced, Touch
from reif.crm.touch_book import Book
from reif.log.append import append
from reif.log.catalogue.deals import DealOpened
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.intake import EnquiryReceived, LeadReceived
from reif.log.catalogue.people import (
    PersonChanged,
    PersonCreated,
    PersonErased,
    PersonStaged,
    TouchCorrected,
    VisitorIdentified,
)
from reif.log.catalogue.web import FormSubmitted, PageViewed
from reif.log.event import Event
from reif.log.fact import Fact

HEARD: tuple[type[Fact], ...] = (
    PageViewed, FormSubmitted, PersonCreated, PersonImported, PersonStaged, DealOpened, VisitorIdentified, TouchCorrected, PersonErased,
    LeadReceived, EnquiryReceived,
)  # fmt: skip
OFFLINE = {"import": "IMPORT", "hand": "CRM_UI", "api": "API"}
"""The first drill-down of who came without a click, by how the record was made."""


def keep_touches(events: list[Event[Any]]) -> None:
    """Write the touches of these events, and what they change at the turning points. Most page views change nothing."""
    telling = [e for e in events if _tells(e)]
    if not telling:
        return
    book = Book({e.person for e in telling if e.person}, {e.visitor for e in telling if e.visitor})
    for event in telling:
        _TAKE[event.kind](book, event)
    for person, columns in book.write():
        append(PersonChanged(person=person.pk, fields=columns, topic="touch"))


def drop_touches() -> None:
    """Forget all of them."""
    Sourced.objects.all().delete()
    Origin.objects.all().delete()
    Touch.objects.filter(corrects__isnull=False).delete()
    Touch.objects.all().delete()


def _tells(event: Event[Any]) -> bool:
    fact = event.fact
    if isinstance(fact, PageViewed):
        return bool(fact.source in SOURCES and not fact.machine)
    if isinstance(fact, PersonImported) and not fact.created:
        return False
    return bool(event.person)


def _touch(event: Event[Any], kind: Touch.Kind, source: str = "", **told: Any) -> Touch:
    came: dict[str, str] = getattr(event.fact, "came", {})
    return Touch(
        person_id=event.person, visitor_id=event.visitor, kind=kind, source=source or event.fact.source,
        **{
            "detail_1": came.get("detail_1", ""), "detail_2": came.get("detail_2", ""),
            "campaign": came.get("campaign", "").strip().lower()[:200], "click_id": came.get("click", "")[:255],
            "utm": getattr(event.fact, "utm", {}), "at": event.at, "event_id": event.id,
        } | told,
    )  # fmt: skip


def _viewed(book: Book, event: Event[Any]) -> None:
    campaign = event.fact.came.get("campaign") or event.fact.utm.get("utm_campaign", "")
    book.add(_touch(event, Touch.Kind.VISIT, path=event.topic[:255], campaign=campaign.strip().lower()[:200]))


def _submitted(book: Book, event: Event[Any]) -> None:
    """An arrival at the form itself; without one, and nothing known before, whatever is said of the source."""
    fact = event.fact
    known = book.of(event.person, None) or book.of(None, event.visitor)
    if fact.source in SOURCES and (fact.came or not known):
        book.add(_touch(event, Touch.Kind.FORM, path=_path(fact.url)))


def _created(book: Book, event: Event[Any]) -> None:
    """Records that no click made. Those of forms, trackers, lead ads and mails have their arrivals."""
    way, source, came = event.topic, event.fact.source, event.fact.came
    if way in ("form", "lead", "partner", "mail") or (way == "track" and source not in SOURCES):
        return
    kind = {"import": Touch.Kind.IMPORT, "hand": Touch.Kind.HAND}.get(way, Touch.Kind.API)
    if source in SOURCES:
        book.add(_touch(event, kind))
    else:
        book.add(_touch(event, kind, "OFFLINE", detail_1=came.get("detail_1") or OFFLINE.get(way, "API")))


def _received(book: Book, event: Event[Any]) -> None:
    """A lead that a platform or a partner brought, or a mail: each is an arrival, also of somebody whom we knew."""
    if event.fact.source in SOURCES:
        book.add(_touch(event, Touch.Kind.API))


def _imported(book: Book, event: Event[Any]) -> None:
    """A row of a file: from the file, unless the row itself says where the person came from."""
    if event.fact.source in SOURCES and event.fact.came:
        book.add(_touch(event, Touch.Kind.IMPORT))
    else:
        book.add(_touch(event, Touch.Kind.IMPORT, "OFFLINE", detail_1="IMPORT", detail_2=event.topic[:255]))


def _staged(book: Book, event: Event[Any]) -> None:
    if event.topic not in ("", "subscriber", "other"):
        book.turn(event.person or 0, "lead_at", event.at)
    if event.topic == "opportunity":
        book.turn(event.person or 0, "opportunity_at", event.at)


def _opened(book: Book, event: Event[Any]) -> None:
    book.turn(event.person or 0, "opportunity_at", event.at)


def _identified(book: Book, event: Event[Any]) -> None:
    book.identify(event.visitor or 0, event.person or 0)


def _corrected(book: Book, event: Event[Any]) -> None:
    fact = event.fact
    told = {"detail_1": fact.detail_1, "detail_2": fact.detail_2, "campaign": fact.campaign.strip().lower()}
    words = _words(event.id)
    touch = _touch(event, Touch.Kind.CORRECTION, **told, reason=words, by_id=event.actor, corrected_at=event.at)
    book.correct(touch, fact.about)


def _erased(book: Book, event: Event[Any]) -> None:
    book.forget(event.person or 0)


def _words(event: int) -> str:
    from reif.log.models import Text

    return str(Text.objects.filter(event_id=event).values_list("body", flat=True).first() or "")[:300]


def _path(url: str) -> str:
    from urllib.parse import urlsplit

    return (urlsplit(url).path.rstrip("/") or "/")[:255] if url else ""


_TAKE: dict[str, Callable[[Book, Event[Any]], None]] = {
    "page.viewed": _viewed, "form.submitted": _submitted, "person.created": _created, "person.imported": _imported, "lead.received": _received,
    "enquiry.received": _received, "person.staged": _staged,
    "deal.opened": _opened, "visitor.identified": _identified, "touch.corrected": _corrected, "person.erased": _erased,
}  # fmt: skip
