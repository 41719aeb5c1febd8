"""Words of consent and law in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from reif.crm.law.table import COUNTRIES
from reif.crm.law.words import CHANNEL_WORDS
from reif.desk.codes import word
from reif.desk.privacy.evidence import basis_word, state_word

register = template.Library()
register.filter("consent_state", state_word)
register.filter("permit_kind", basis_word)


@register.filter
def channel_word(channel: str) -> str:
    """E-mail, phone: as people say it."""
    return str(CHANNEL_WORDS.get(channel, channel))


@register.filter
def law_short(country: str) -> str:
    """The country by its name where its law is known, else by its code."""
    return law_of(country) if country in COUNTRIES else country


@register.filter
def law_of(country: str) -> str:
    """Whose law was looked at."""
    names = {"DE": _("Germany"), "AT": _("Austria"), "CH": _("Switzerland")}
    if country in COUNTRIES:
        return names[country]
    return _("Country unknown, strictest law") if not country else _("Other country, strictest law")


@register.filter
def basis_source(told: str) -> str:
    """`form:demo` as “form demo”."""
    kind, _colon, name = told.partition(":")
    kinds = {
        "form": _("form"), "consent": _("consent"), "customer": _("customer"), "import": _("import"), "hand": _("by hand"),
        "deal": _("deal"),
    }  # fmt: skip
    name = word("purpose", name) if kind == "consent" else name
    return f"{kinds.get(kind, kind)} {name}".strip() if told else "–"


@register.filter
def at(values: list[int], number: int) -> int:
    """The value at a place, for a table beside a chart."""
    return values[number]
