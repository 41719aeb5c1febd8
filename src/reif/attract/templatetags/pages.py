"""For public pages: addresses that carry a campaign on, prose with data for machines, dates of webinars."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language

from reif.attract.content.markdown import html
from reif.attract.models import Webinar
from reif.attract.pages.blocks import Countdown
from reif.attract.pages.film import Film, film
from reif.attract.pages.parts import Block
from reif.attract.pictures.address import is_key, share, source
from reif.attract.templatetags.pictures import picture

register = template.Library()
STILL = {"text", "columns", "picture", "benefits", "quote", "plans", "table", "faq", "call_to_action", "divider"}
"""Blocks that are the same for every visitor: drawn once in a process, until their words change."""
MOST = 512
_kept: dict[tuple[bytes, str | None, bool, str, str], SafeString] = {}


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


@register.simple_tag(takes_context=True)
def block_html(context: Context, part: Block, number: int) -> SafeString:
    """One block. In the editor its element carries the id, so that a click finds it."""
    still = part.name in STILL and not context.get("editing") and not context.get("passed_on") and not has_place(part)
    key = (
        msgspec.json.encode(part),
        get_language(),
        number == context.get("lead"),
        context["page"].slug,
        _said(context, part),
    )
    if still and (kept := _kept.get(key)):
        return kept
    with context.push(part=part, part_no=number):
        made: str = _template(part.template).render(context)
    if still:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = mark_safe(made)
    if context.get("editing"):
        made = re.sub(r"<(\w+)", format_html(r'<\1 data-block="{}"', part.id), made, count=1)
    return mark_safe(made)


def has_place(part: Block) -> bool:
    """Whether a call may stand in its text."""
    return "[[call:" in getattr(part, "body", "")


def _said(context: Context, part: Block) -> str:
    """What the library says about the part's pictures: another description is another piece of HTML."""
    known: dict[str, str] = context.get("alts") or {}
    return "\n".join(known.values()) if known else ""


@cache
def _template(name: str) -> Any:
    return get_template(name).template  # type: ignore[attr-defined]


@register.simple_tag(takes_context=True)
def shown(context: Context, key: str, sizes: str, css: str = "", lazy: str = "1", alt: str | None = None) -> SafeString:
    """A picture of a page, with what the library says about it."""
    known: dict[str, str] = context.get("alts") or {}
    words = known.get(key, "") if alt is None else alt
    return picture(key, words, sizes, bool(lazy), css)


@register.simple_tag
def preview_picture(cover: str, slug: str) -> str:
    """The path of the picture that networks show."""
    return share(cover) if is_key(cover) else f"/covers/{cover or slug}.png"


@register.filter
def poster(key: str) -> str:
    """The address of a picture for a video that waits."""
    return source(key, 1280) if is_key(key) else f"/covers/{key}.svg"


@register.filter
def seed(words: str) -> str:
    """A word that a picture can be drawn from."""
    return slugify(words)[:60].strip("-") or "page"


@register.filter(name="film")
def film_of(href: str) -> Film | None:
    return film(href)


@register.filter
def until_words(part: Countdown) -> str:
    """Thursday, 4 June 2026, 10:00, in the zone of the countdown; the zone is said where it is not ours."""
    if part.at is None:
        return ""
    words = f"{_weekday(part.at)}, {part.at:%H:%M}"
    return words if part.zone == settings.TIME_ZONE else f"{words} ({part.zone.replace('_', ' ')})"


@register.filter
def marked(text: str) -> SafeString:
    """Markdown."""
    return html(text)


@register.filter
def day(webinar: Webinar) -> str:
    """Thursday, 4 June 2026."""
    return _weekday(_local(webinar, webinar.starts_at))


@register.filter
def short_day(webinar: Webinar) -> str:
    """4. Juni 2026, 10:00, in the webinar's time zone."""
    local = _local(webinar, webinar.starts_at)
    return date_format(local, "DATETIME_FORMAT")


@register.filter
def hours(webinar: Webinar) -> str:
    """10:00–10:45, in the webinar's time zone."""
    return "–".join(_local(webinar, moment).strftime("%H:%M") for moment in (webinar.starts_at, webinar.ends_at))


def _weekday(moment: datetime) -> str:
    """Donnerstag, 4. Juni 2026; Thursday, 4 June 2026."""
    return f"{date_format(moment, 'l')}, {date_format(moment, 'DATE_FORMAT')}"


def _local(webinar: Webinar, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(webinar.timezone))
