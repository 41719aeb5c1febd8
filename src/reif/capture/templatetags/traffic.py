"""Countries and devices in the reader's language."""

from __future__ import annotations

from babel import Locale
from babel.core import UnknownLocaleError
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def country_word(code: str) -> str:
    """`Switzerland` for CH."""
    if not code:
        return _("Unknown")
    try:
        return str(Locale.parse(get_language() or "de", sep="-").territories.get(code, code))
    except (ValueError, UnknownLocaleError):
        return code


@register.filter
def device_word(device: str) -> str:
    """`Smartphone` for phone."""
    words = {"desktop": _("Computer"), "phone": _("Smartphone"), "tablet": _("Tablet")}
    return words.get(device, _("Unknown"))
