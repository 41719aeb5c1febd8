"""For public pages: addresses that carry a campaign on, prose with data for machines, dates of webinars."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reif.attract.content.markdown import html
from reif.attract.models import Webinar

register = template.Library()


@register.simple_tag(takes_context=True)
def onward(context: Context, href: str) -> str:
    """An address of this site with the campaign's names passed on; others stay as they are."""
    names = context.get("passed_on", "")
    if not names or not href.startswith("/"):
        return href
    path, mark, anchor = href.partition("#")
    joined = path + names.replace("?", "&", 1) if "?" in path else path + names
    return f"{joined}{mark}{anchor}"


@register.simple_tag
def structured(data: list[dict[str, Any]]) -> SafeString:
    """schema.org data; no text inside can end the script element."""
    made = []
    for one in data:
        text = (
            json.dumps(one, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        )
        made.append(format_html('<script type="application/ld+json">{}</script>', mark_safe(text)))
    return mark_safe("".join(made))


@register.filter
def marked(text: str) -> SafeString:
    """Markdown."""
    return html(text)


@register.filter
def day(webinar: Webinar) -> str:
    """Thursday, 4 June 2026."""
    return date_format(_local(webinar, webinar.starts_at), "l, j. F Y")


@register.filter
def hours(webinar: Webinar) -> str:
    """10:00–10:45, in the webinar's time zone."""
    return "–".join(_local(webinar, moment).strftime("%H:%M") for moment in (webinar.starts_at, webinar.ends_at))


def _local(webinar: Webinar, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(webinar.timezone))
