"""The source categories and other codes in the reader's language."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from reif.crm.money import say
from reif.crm.templatetags.touches import source_word as source_word

register = template.Library()

PURPOSES = {"marketing": gettext_lazy("Mails about our topics"), "newsletter": gettext_lazy("Newsletter")}


register.filter("source_word", source_word)


@register.filter
def purpose_word(purpose: str) -> str:
    return str(PURPOSES.get(purpose, purpose))


@register.filter
def language_word(code: str) -> str:
    """`German` for `de`; a code that Django does not know stays."""
    try:
        return str(get_language_info(code)["name_translated"]) if code else "–"
    except KeyError:
        return code


@register.filter
def span(length: timedelta | None) -> str:
    """A length of time in its largest fitting unit: 3 days, 5 hours, 2 minutes."""
    seconds = int(length.total_seconds()) if length else 0
    for size, words in ((86400, _days), (3600, _hours), (60, _minutes)):
        if seconds >= size:
            return words(seconds // size)
    return _("under a minute")


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


@register.filter
def money(cents: int | None, currency: str = "CHF") -> str:
    """CHF 12’400; whole francs, since deals are not counted in centimes."""
    return say((cents or 0) // 100 * 100, currency)
