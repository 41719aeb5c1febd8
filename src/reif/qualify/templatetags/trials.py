"""Figures of a back-test as people read them."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reif.qualify.backtest.drawn import Figure
from reif.staff.templatetags.ui import number, percent

register = template.Library()
_REASONS = {
    "unable_to_reach": _("Could not be reached"),
    "inaccurate_data": _("Contact details are wrong"),
    "no_need": _("No need"),
    "no_budget": _("No budget"),
    "no_fit": _("Does not fit us"),
    "bad_timing": _("Wrong moment"),
    "competitor_or_student": _("Competitor or student"),
    "duplicate_or_existing_customer": _("Duplicate or customer already"),
}


@register.simple_tag
def figure(one: Figure) -> SafeString:
    """A tile: the draft's figure, and that of what is in force beside it."""
    return render_to_string(
        "qualify/_trial_figure.html",
        {"figure": one, "draft": _said(one, one.draft), "current": _said(one, one.current), "moved": _moved(one)},
    )


@register.simple_tag
def share(part: int | None, whole: int | None) -> str:
    """A share in percent; a dash when there is nobody."""
    return percent(part / whole) if part is not None and whole else "–"


@register.simple_tag(takes_context=True)
def try_it(context: template.Context, change: str, points: int) -> SafeString:
    """A button that begins a back-test of one change."""
    told = {"change": change, "points": points, "csrf_token": context.get("csrf_token")}
    return render_to_string("qualify/_trial_change.html", told, request=context.get("request"))


@register.filter
def reason_words(code: str) -> str:
    """Why sellers send somebody back."""
    return str(_REASONS.get(code, code))


def _moved(one: Figure) -> str:
    """By how much the draft differs, in points of percent for shares; nothing where no digit that is shown would differ."""
    if one.draft is None or one.current is None:
        return ""
    by = round((one.draft - one.current) * (100 if one.share else 1), one.places)
    return f"{'+' if by > 0 else '−'}{number(abs(by), one.places)}" if by else ""


def _said(one: Figure, value: float | None) -> str:
    if value is None:
        return "–"
    return percent(value) if one.share else number(value, one.places)
