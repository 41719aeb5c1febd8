"""The moving parts of the tree of sources: what opens a node, and the list behind a number."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reif.capture.sources.cohort import address
from reif.capture.sources.tree import Node
from reif.staff.templatetags.ui import number

register = template.Library()


@register.simple_tag(takes_context=True)
def toggle(context: Context, node: Node) -> dict[str, str]:
    """Addresses of the page and of the branch with this node the other way; an id that is the same before and after."""
    request: HttpRequest = context["request"]
    asked = request.GET.copy()
    opened = [code for code in dict.fromkeys(asked.getlist("open")) if code != node.code]
    asked.setlist("open", opened if node.opened else [*opened, node.code])
    asked.pop("piece", None)
    href = f"/sources?{asked.urlencode()}"
    asked["piece"], asked["most"] = node.source, str(context["most"])
    return {"href": href, "piece": f"/sources?{asked.urlencode()}", "id": f"{crc32(node.code.encode()):08x}"}


@register.simple_tag(takes_context=True)
def behind(context: Context, node: Node, count: int, reached: str) -> str | SafeString:
    """A number that leads to the people whom it counts."""
    if not count or node.rest:
        return number(count)
    href = address(context["turn"], context["period"], node.key, reached, context["within"])
    return format_html('<a href="{}">{}</a>', href, number(count))


@register.filter
def signed(change: Any) -> str:
    """+12 %, −5 %."""
    return f"{'+' if change >= 0 else '−'}{number(abs(change))}\u202f%"
