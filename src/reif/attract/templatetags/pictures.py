"""`{% picture key alt=… sizes=… %}`, `{% cover word %}` and `{% picture_field name value %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reif.attract.models import Picture
from reif.attract.pictures.address import is_key, size, source, srcset
from reif.attract.pictures.views import dom_id

register = template.Library()


@register.simple_tag
def picture(key: str, alt: str = "", sizes: str = "100vw", lazy: bool = True, css: str = "") -> SafeString:
    """An uploaded picture, or one that is drawn for a word. Both say their size, so that nothing jumps.

    lazy: False for what is seen first.
    """
    when = mark_safe(' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"')
    style = format_html(' class="{}"', css) if css else mark_safe("")
    if not is_key(key):
        return format_html('<img{} src="/covers/{}.svg" width="600" height="400" alt="{}"{}>', style, key, alt, when)
    width, height = size(key)
    return format_html(
        '<img{} src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        style, source(key, 960), srcset(key), sizes, width, height, alt, when,
    )  # fmt: skip


@register.filter
def picture_alt(key: str, language: str = "de") -> str:
    """What the library says about a picture; nothing for drawn ones. One query for an uploaded one."""
    found = Picture.objects.filter(key=key).first() if is_key(key) else None
    return found.alt_in(language) if found else ""


@register.filter
def thumb(key: str) -> str:
    """The address of a small copy."""
    return source(key, 320) if is_key(key) else f"/covers/{key}.svg"


@register.filter
def field_id(name: str) -> str:
    return dom_id(name)


@register.inclusion_tag("attract/pictures/_field.html")
def picture_field(name: str, value: str = "", drawn: str = "") -> dict[str, Any]:
    """A picker in a form: a hidden input of this name with the picture's key, the picture, and buttons.

    drawn: a word; then drawn pictures are offered too.
    """
    found = Picture.objects.filter(key=value).first() if is_key(value or "") else None
    return {"name": name, "value": value or "", "picture": found, "drawn": drawn}
