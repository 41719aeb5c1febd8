"""What is fetched beside the pages: pictures, the calendar file, feed, site map, robots.txt."""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from icalendar import Alarm, Calendar, Event, vText, vUri

from reif.attract import cover
from reif.attract.models import Content, LandingPage, Site, Webinar
from reif.attract.seo import picture, whole, with_campaign
from reif.kit.clock import now
from reif.staff.views import Public

MOST = 49_999
"""Addresses that one site map may have, less the one of the blog (sitemaps.org)."""
YEAR = 365 * 24 * 3600
SEED = re.compile(r"^[a-z0-9-]{1,120}$")


class Cover(Public):
    """/covers/<word>.svg or .png: the picture of a word; it never changes."""

    def get(self, request: HttpRequest, seed: str, form: str) -> HttpResponse:
        if not SEED.match(seed):
            raise Http404
        if form == "png":
            response = HttpResponse(cover.png(seed), content_type="image/png")
        else:
            response = HttpResponse(cover.svg(seed), content_type="image/svg+xml")
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response


class CalendarFile(Public):
    """/p/<slug>.ics: the webinar of a landing page for one's own calendar."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        page = get_object_or_404(LandingPage.objects.published().exclude(webinar=None), slug=slug)
        assert page.webinar
        raw = calendar(page.webinar, whole(request, page.path), request.get_host())
        response = HttpResponse(raw, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{page.webinar.slug}.ics"'
        return response


def calendar(webinar: Webinar, address: str, host: str) -> bytes:
    """An RFC 5545 calendar with one event and a reminder a quarter of an hour before."""
    entry = Event()
    entry.add("uid", f"webinar-{webinar.slug}@{host}")
    entry.add("summary", webinar.title)
    entry.add("description", f"{webinar.summary}\n\n{webinar.join_url or address}".strip())
    entry.add("dtstart", webinar.starts_at)
    entry.add("dtend", webinar.ends_at)
    entry.add("dtstamp", now())
    entry.add("sequence", webinar.version)
    entry.add("status", "CANCELLED" if webinar.called_off_at else "CONFIRMED")
    entry["url"] = vUri(address)
    entry["location"] = vText(webinar.join_url or address)
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", webinar.title)
    reminder.add("trigger", timedelta(minutes=-15))
    entry.add_component(reminder)
    whole_calendar = Calendar()
    whole_calendar.add("prodid", "-//Reif//attract//EN")
    whole_calendar.add("version", "2.0")
    whole_calendar.add("method", "PUBLISH")
    whole_calendar.add_component(entry)
    return bytes(whole_calendar.to_ical())


class Feed(Public):
    """/rss.xml: the newest articles, RSS 2.0."""

    def get(self, request: HttpRequest) -> HttpResponse:
        newest = Content.objects.published().filter(kind=Content.Kind.ARTICLE).order_by("-published_at")[:20]
        items = [(a, whole(request, with_campaign(a.path, source="rss", medium="feed"))) for a in newest]
        context = {
            "items": items,
            "site": Site.objects.first(),
            "self": whole(request, "/rss.xml"),
            "home": whole(request, "/blog/"),
            "built": max((a.updated_at for a in newest), default=None),
        }
        return render(request, "attract/rss.xml", context, content_type="application/rss+xml; charset=utf-8")


class SiteMap(Public):
    """/sitemap.xml: every address for search engines."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows: list[Content | LandingPage] = [
            *LandingPage.objects.published().filter(hidden=False).defer("blocks"),
            *Content.objects.published().defer("body", "seo", "related").order_by("-published_at")[:MOST],
        ]
        places = [
            (whole(request, row.path), row.updated_at, picture(request, row.cover or row.slug)) for row in rows[:MOST]
        ]
        newest = max((row.updated_at for row in rows if isinstance(row, Content)), default=None)
        context = {"places": [(whole(request, "/blog/"), newest, ""), *places]}
        return render(request, "attract/sitemap.xml", context, content_type="application/xml; charset=utf-8")


class Robots(Public):
    """/robots.txt: the public pages are open, links in mails are nobody's to follow."""

    def get(self, request: HttpRequest) -> HttpResponse:
        closed = ("/accounts/", "/blog/preview/", "/c/", "/d/", "/l/", "/o/", "/u/", "/w/", "/v1/", "/api/")
        lines = [
            "User-agent: *",
            *(f"Disallow: {path}" for path in closed),
            "",
            f"Sitemap: {whole(request, '/sitemap.xml')}",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
