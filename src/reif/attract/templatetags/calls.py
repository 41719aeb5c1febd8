"""Calls to action in the HTML of our own pages: at a mark in a text, before and after it."""

from __future__ import annotations

import re

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from reif.attract.calls.here import CallsHere
from reif.attract.calls.serve import drawn
from reif.attract.models import Call

register = template.Library()
MARK = re.compile(r"<p>\[\[\s*call:\s*([a-z0-9-]{1,60})\s*\]\]</p>\n?")
"""A line of its own in a text: [[call:whitepaper]]."""


@register.filter
def marked_for_calls(html: str) -> bool:
    """Whether a text has a place for a call, so that it is not the same for every visitor."""
    return "[[" in html and MARK.search(html) is not None


@register.simple_tag(takes_context=True)
def with_calls(context: Context, html: str) -> SafeString:
    """A text with the calls that its marks name; a call that is not for this visitor leaves nothing behind."""
    if "[[" not in html:
        return mark_safe(html)
    return mark_safe(MARK.sub(lambda mark: _at_mark(context, mark[1]), html))


@register.simple_tag(takes_context=True)
def calls_at(context: Context, place: str) -> SafeString:
    """The calls in the text that stand `top` (before it) or `bottom` (after it) by themselves."""
    here: CallsHere | None = context.get("calls")
    if here is None or _picture(context):
        return SafeString("")
    return mark_safe("".join(here.drawn(call) for call in here.inline(place=place)))


def _at_mark(context: Context, slug: str) -> str:
    if _picture(context):
        found = Call.objects.filter(slug=slug, kind=Call.Kind.INLINE).first()
        return f'<section class="call" data-kind="inline">{drawn(found, still=True)}</section>' if found else ""
    here: CallsHere | None = context.get("calls")
    return "".join(here.drawn(call) for call in here.inline(slug)) if here is not None else ""


def _picture(context: Context) -> bool:
    """In an editor a call is a picture of itself, whatever its rules say."""
    return bool(context.get("preview") or context.get("editing"))
