"""Amounts in templates."""

from __future__ import annotations

from django import template
from django.conf import settings

from reif.crm.money import say

register = template.Library()


@register.filter
def cents(amount: int | float | None, currency: str = "") -> str:
    """CHF 12’400; nothing is a dash. Without a currency it is the home one. Amounts over a hundred lose their cents."""
    if amount is None:
        return "–"
    whole = round(amount / 100) * 100 if abs(amount) >= 10_000 else round(amount)
    return say(whole, currency or settings.CURRENCY)
