"""What visitors do: pages, forms, files, webinars, and events sent by other software."""

from __future__ import annotations

from typing import Any

from reif.log.fact import Fact


class PageViewed(Fact, frozen=True, kw_only=True, tag="page.viewed"):
    """topic: the path. machine: a bot or a preview fetcher, which earns nothing. variant: which of the page's was shown.

    source: of an arrival, empty for who only goes on. came: its detail_1, detail_2, campaign and click (name=value).
    """

    url: str = ""
    title: str = ""
    referrer: str = ""
    utm: dict[str, str] = {}
    source: str = ""
    machine: bool = False
    came: dict[str, str] = {}
    variant: str = ""


class VisitBegan(Fact, frozen=True, kw_only=True, tag="visit.began"):
    """A browser came back after half an hour of silence, or by another campaign. topic: the path of the first page.

    country: where the browser probably is, and by what that is known.
    """

    source: str = ""
    campaign: str = ""
    country: str = ""
    by: str = ""
    device: str = ""


class PageLeft(Fact, frozen=True, kw_only=True, tag="page.left"):
    """topic: the path. seconds: how long it was in front; scroll: how far down, 0 to 100."""

    seconds: int = 0
    scroll: int = 0


class LinkFollowed(Fact, frozen=True, kw_only=True, tag="link.followed"):
    """An outbound link or a file on a tracked page. topic: the target."""

    machine: bool = False


class FormStarted(Fact, frozen=True, kw_only=True, tag="form.started"):
    """Somebody typed into a form. topic: the form's name; page: the path it stands on."""

    page: str = ""
    machine: bool = False


class CallViewed(Fact, frozen=True, kw_only=True, tag="call.viewed"):
    """A call to action was seen. topic: its slug; page: the path it was shown on."""

    page: str = ""
    machine: bool = False


class CallClicked(Fact, frozen=True, kw_only=True, tag="call.clicked"):
    """A call to action was followed, or its form sent. topic: its slug; page: the path it was shown on."""

    page: str = ""
    machine: bool = False


class EventTracked(Fact, frozen=True, kw_only=True, tag="event.tracked"):
    """An event of the customer's own software. topic: its name; its properties are in the text, as JSON."""


class FormSubmitted(Fact, frozen=True, kw_only=True, tag="form.submitted"):
    """topic: the form's slug. submission: its row; created: this submission made the person; variant: the page's.

    came: of an arrival at the form itself, as on `page.viewed`; empty when the source is that of an earlier touch.
    """

    submission: int = 0
    url: str = ""
    utm: dict[str, str] = {}
    source: str = ""
    created: bool = False
    variant: str = ""
    came: dict[str, str] = {}


class ContentDownloaded(Fact, frozen=True, kw_only=True, tag="content.downloaded"):
    """topic: the slug of the whitepaper or other asset."""

    machine: bool = False


class WebinarRegistered(Fact, frozen=True, kw_only=True, tag="webinar.registered"):
    """topic: the webinar's slug."""


class WebinarAttended(Fact, frozen=True, kw_only=True, tag="webinar.attended"):
    """topic: the webinar's slug."""

    minutes: int = 0


class WebinarMissed(Fact, frozen=True, kw_only=True, tag="webinar.missed"):
    """Was registered and did not come. topic: the webinar's slug."""


class WebinarCancelled(Fact, frozen=True, kw_only=True, tag="webinar.cancelled"):
    """Gave the seat back before it began. topic: the webinar's slug."""


class ContentWithdrawn(Fact, frozen=True, kw_only=True, tag="content.withdrawn"):
    """Is no longer public. topic: the path under which it could be read."""


class ContentPublished(Fact, frozen=True, kw_only=True, tag="content.published"):
    """topic: the path under which it can be read."""

    props: dict[str, Any] = {}


class PageClosed(Fact, frozen=True, kw_only=True, tag="page.closed"):
    """A landing page was taken down. topic: its path."""


class PageWon(Fact, frozen=True, kw_only=True, tag="page.won"):
    """A variant of a landing page won a test and is the page now. topic: the path. how: `rule` or `hand`."""

    test: int = 0
    variant: str = ""
    how: str = ""
    sure: float = 0.0
