"""Amounts and reasons in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from reif.close.reasons import LOST
from reif.crm.money import say, say_all

register = template.Library()


@register.filter
def amount(cents: int | None, currency: str = "CHF") -> str:
    """An amount in cents; nothing is a dash."""
    return "–" if cents is None else say(cents, currency)


@register.filter
def amounts(sums: Mapping[str, int]) -> str:
    """Sums by currency; nothing is a dash."""
    return say_all(sums) or "–"


@register.filter
def lost_word(reason: str) -> str:
    """Why a deal was lost, in words."""
    return str(LOST.get(reason, reason))
