"""Bring a page before visitors, at once or at a moment, and take it down again.

Hears its timers. Says content.published the first time, and page.closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from reif.attract.models import Asset, LandingPage, PageRevision, Webinar
from reif.attract.pages.address import check_goal
from reif.attract.pages.gaps import gaps
from reif.attract.pages.refused import Refused
from reif.attract.pages.sheet import Sheet, sheet
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.timers import TimerFired
from reif.log.catalogue.web import ContentPublished, PageClosed
from reif.log.clock import cancel, wake
from reif.log.event import Event

DUE, ENDS = "attract.page_due", "attract.page_ends"
AGAIN = timedelta(hours=1)


def publish_page(page: LandingPage, revision: PageRevision, by: int | None) -> None:
    """From now on visitors get this revision. Raises Refused."""
    said = sheet(revision.sheet)
    if found := gaps(said):
        raise Refused(found[0].sentence)
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if page.running_id:
            raise Refused(_("A test is running: end it first, or its numbers would mix two different pages."))
        first = page.published_at is None
        show(page, said)
        page.live, page.closed_at, page.gone_to = revision, None, page.gone_to if page.ends_at else ""
        page.published_at = page.published_at or now()
        page.due, page.due_at = None, None
        page.save()
        cancel(DUE, page.pk)
        if first:
            append(ContentPublished(topic=page.path, actor=by))


def show(page: LandingPage, said: Sheet) -> None:
    """Write a sheet into the columns that visitors are served from; the caller saves."""
    for name in ("title", "description", "cover", "language", "bare", "hidden", "blocks"):
        setattr(page, name, getattr(said, name))
    page.webinar = Webinar.objects.filter(slug=said.webinar).first() if said.webinar else None
    page.asset = Asset.objects.filter(slug=said.asset).first() if said.asset else None
    page.updated_at = now()


def schedule(page: LandingPage, revision: PageRevision, at: datetime) -> None:
    """Publish this very revision at a moment; what is written until then stays a draft. Raises Refused."""
    if found := gaps(sheet(revision.sheet)):
        raise Refused(found[0].sentence)
    if at <= now():
        raise Refused(_("This moment has passed. Choose one that lies ahead, or publish at once."))
    with writing():
        LandingPage.objects.filter(pk=page.pk).update(due=revision, due_at=at)
        wake(DUE, at=at, about=page.pk)


def unschedule(page: LandingPage) -> None:
    """Nothing is published by itself any more."""
    with writing():
        LandingPage.objects.filter(pk=page.pk).update(due=None, due_at=None)
        cancel(DUE, page.pk)


def end_at(page: LandingPage, at: datetime | None, gone_to: str) -> None:
    """Take the page down at a moment; None takes the plan back. Raises Refused."""
    check_goal(page, gone_to)
    if at is not None and at <= now():
        raise Refused(_("This moment has passed. Choose one that lies ahead, or take the page down at once."))
    with writing():
        LandingPage.objects.filter(pk=page.pk).update(ends_at=at, gone_to=gone_to)
        if at is None:
            cancel(ENDS, page.pk)
        else:
            wake(ENDS, at=at, about=page.pk)


def take_down(page: LandingPage, gone_to: str, by: int | None, cause: int | None = None) -> None:
    """Visitors are sent to `gone_to`, or told that the page is gone. Raises Refused."""
    check_goal(page, gone_to)
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if page.running_id:
            raise Refused(_("A test is running: end it first, then take the page down."))
        if page.published_at is None:
            return
        LandingPage.objects.filter(pk=page.pk).update(
            published_at=None, closed_at=now(), ends_at=None, gone_to=gone_to, updated_at=now()
        )
        cancel(ENDS, page.pk)
        append(PageClosed(topic=page.path, actor=by, cause=cause))


def publish_due(events: Sequence[Event[TimerFired]]) -> None:
    """Hears its timer: the revision that was chosen goes out. While a test runs it waits, and is tried again."""
    due = {e.fact.about: e for e in events}
    for page in LandingPage.objects.filter(pk__in=due).exclude(due=None).select_related("due"):
        assert page.due
        try:
            publish_page(page, page.due, by=page.due.by_id)
        except Refused:
            wake(DUE, at=now() + AGAIN, about=page.pk)


def take_down_due(events: Sequence[Event[TimerFired]]) -> None:
    """Hears its timer. A page under test stays until the test has ended."""
    due = {e.fact.about: e for e in events}
    for page in LandingPage.objects.published().filter(pk__in=due, ends_at__lte=now()):
        try:
            take_down(page, page.gone_to, by=None, cause=due[page.pk].id)
        except Refused:
            wake(ENDS, at=now() + AGAIN, about=page.pk)
