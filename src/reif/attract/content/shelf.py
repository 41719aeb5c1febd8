"""Whitepapers and webinars for those who give them away."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from reif.attract.models import Asset, Webinar
from reif.kit.shelf import Item, Seat


def find_item(slug: str) -> Item | None:
    """The file of an asset, when it is there."""
    asset = Asset.objects.filter(slug=slug).first()
    if asset is None:
        return None
    file = Path(settings.MEDIA_ROOT) / asset.file
    return Item(slug, asset.title, file, asset.teaser, asset.mime, asset.size, asset.pages or 0)


def find_seat(slug: str) -> Seat | None:
    """A webinar with the calendar file of its landing page."""
    webinar = Webinar.objects.filter(slug=slug).first()
    if webinar is None:
        return None
    page = webinar.landings.published().first()
    calendar = f"/p/{page.slug}.ics" if page else ""
    return Seat(slug, webinar.title, webinar.starts_at, webinar.minutes, webinar.timezone, webinar.join_url, calendar)
