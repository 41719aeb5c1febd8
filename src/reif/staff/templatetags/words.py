"""The words of the product in the reader's language, where a template only has the key."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

STAGES = {
    "subscriber": _("Subscriber"),
    "lead": _("Lead"),
    "mql": _("MQL"),
    "sal": _("SAL"),
    "sql": _("SQL"),
    "opportunity": _("Opportunity"),
    "customer": _("Customer"),
    "evangelist": _("Evangelist"),
    "other": _("Other"),
}


@register.filter
def stage_word(name: object) -> str:
    """A stage as people say it; an unknown stage keeps its key."""
    return str(STAGES.get(str(name), name))
