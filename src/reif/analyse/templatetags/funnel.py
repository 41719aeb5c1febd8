"""Numbers of the funnel as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext_lazy as _

from reif.analyse.funnel import Step
from reif.staff.templatetags.ui import number
from reif.staff.templatetags.words import stage_word

register = template.Library()
register.filter("stage_word", stage_word)

SOURCES = {
    "ORGANIC_SEARCH": _("Organic search"),
    "PAID_SEARCH": _("Paid search"),
    "EMAIL_MARKETING": _("E-mail marketing"),
    "SOCIAL_MEDIA": _("Organic social"),
    "PAID_SOCIAL": _("Paid social"),
    "REFERRALS": _("Referrals"),
    "OTHER_CAMPAIGNS": _("Other campaigns"),
    "DIRECT_TRAFFIC": _("Direct traffic"),
    "OFFLINE": _("Offline sources"),
    "AI_REFERRALS": _("AI assistants"),
}


@register.filter
def source_name(source: str) -> str:
    """A source category in the reader's language."""
    return str(SOURCES.get(source, source) or "–")


@register.filter
def signed_percent(change: float) -> str:
    """+12 %, −5 %."""
    return f"{'+' if change >= 0 else '−'}{number(abs(change))}\u202f%"


@register.filter
def whole_way(steps: Sequence[Step]) -> float | None:
    """Customers for each lead of the period; none without leads."""
    return steps[-1].reached / steps[0].reached if steps[0].reached else None
