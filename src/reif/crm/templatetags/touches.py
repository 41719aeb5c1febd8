"""Sources and touches as people read them: words, pictures, details."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from reif.crm.models import SOURCES, Source, Touch

register = template.Library()

ICONS = {
    "ORGANIC_SEARCH": "search", "PAID_SEARCH": "badge-dollar-sign", "EMAIL_MARKETING": "mail", "SOCIAL_MEDIA": "share-2",
    "PAID_SOCIAL": "megaphone", "REFERRALS": "link", "AI_REFERRALS": "sparkles", "OTHER_CAMPAIGNS": "flag",
    "DIRECT_TRAFFIC": "corner-down-right", "OFFLINE": "store",
}  # fmt: skip
TURN_WORDS = {
    "first": _("First touch"),
    "lead": _("Lead-creating touch"),
    "opportunity": _("Opportunity-creating touch"),
    "last": _("Last touch"),
}
_SHORT = {
    "first": _("the first"),
    "lead": _("to the lead"),
    "opportunity": _("to the opportunity"),
    "last": _("the last"),
}
_OFFLINE = {"IMPORT": _("Import"), "API": _("Other software"), "CRM_UI": _("By hand")}
HEADINGS: dict[str, tuple[object, object]] = {
    "ORGANIC_SEARCH": (_("Search term"), _("Search engine")),
    "PAID_SEARCH": (_("Campaign"), _("Keyword")),
    "EMAIL_MARKETING": (_("Campaign"), _("Mail")),
    "SOCIAL_MEDIA": (_("Site"), _("Campaign")),
    "PAID_SOCIAL": (_("Site"), _("Campaign")),
    "REFERRALS": (_("Domain"), _("Address")),
    "AI_REFERRALS": (_("Assistant"), _("Page or campaign")),
    "OTHER_CAMPAIGNS": (_("Campaign"), _("Source or medium")),
    "DIRECT_TRAFFIC": (_("First page"), _("Domain")),
    "OFFLINE": (_("Way"), _("File or campaign")),
}
"""What the two drill-downs of a category are."""


@register.filter
def source_word(source: str) -> str:
    """A source category in the reader's language; none is a dash."""
    return str(Source(source).label if source in SOURCES else source or "–")


@register.filter
def source_icon(source: str) -> str:
    return ICONS.get(source, "circle-help")


@register.filter
def turn_word(turn: str) -> str:
    """first, lead, opportunity or last, in words."""
    return str(TURN_WORDS[turn])


@register.filter
def turn_short(turn: str) -> str:
    """The same for a switch that asks “by which touch”."""
    return str(_SHORT[turn])


@register.filter
def detail_word(detail: str, source: str = "") -> str:
    """A drill-down as it is; the codes of offline sources in words, and what nobody told as such."""
    if source == "OFFLINE" and detail in _OFFLINE:
        return str(_OFFLINE[detail])
    return detail or str(_("not stated"))


@register.filter
def heading(source: str, level: int) -> str:
    """What drill-down 1 or 2 of a category is."""
    return str(HEADINGS[source][level - 1]) if source in HEADINGS else ""


@register.filter
def details(touch: Touch) -> list[tuple[str, str]]:
    """The drill-downs of a touch with their headings, and the campaign when neither is it."""
    rows = [(heading(touch.source, n), value) for n, value in ((1, touch.detail_1), (2, touch.detail_2)) if value]
    told = [(name, detail_word(value, touch.source)) for name, value in rows]
    if touch.campaign and touch.campaign not in (touch.detail_1, touch.detail_2):
        told.append((str(_("Campaign")), touch.campaign))
    return told
