"""What stands in every row of a list, drawn without a template: {% stage %}, {% score %}, {% avatar %}, {% ago %}.

The components <c-stage>, <c-score>, <c-avatar> and <c-time> say the same and are nicer to read; a list of a
hundred rows uses these, which cost less.
"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from reif.staff.templatetags.ui import band, hue, initials, moment, number, share_of
from reif.staff.templatetags.words import stage_word

register = template.Library()


@register.simple_tag
def stage(name: str, css: str = "", plain: object = "") -> SafeString:
    """The chip of a stage; `plain` leaves the dot and the word."""
    style = f"stage{' stage-plain' if plain else ''} {css}".strip()
    return format_html('<span class="{}" data-stage="{}">{}</span>', style, name, stage_word(name))


@register.simple_tag
def score(value: float | None, grade: str = "", css: str = "", of: float | str = 100) -> SafeString:
    """A score with its ring; the grade stands behind it."""
    return format_html(
        '<span class="score {}" data-band="{}" style="--share:{}"><span class="sr-only">{}</span> {}{}</span>',
        css,
        band(value),
        share_of(value, of),
        gettext("Score"),
        number(value),
        format_html(" <small>{}</small>", grade) if grade else "",
    )


@register.simple_tag
def avatar(name: object, size: str = "", shape: str = "", css: str = "") -> SafeString:
    """Two letters in the colour of the name; sizes xs, (sm), md, lg; shape square for companies."""
    return format_html(
        '<span class="avatar {}" style="--hue:{}" data-size="{}" data-shape="{}" '
        'data-initials="{}" aria-hidden="true"></span>',
        css,
        hue(name),
        size,
        shape,
        initials(name),
    )


@register.simple_tag
def ago(at: datetime | None, css: str = "", none: str = "–") -> SafeString:
    """How long ago, kept fresh in the browser; the full moment is in the title."""
    if at is None:
        return format_html("{}", none)
    there = localtime(at)
    return format_html(
        '<time datetime="{0}" title="{1}" class="{2}"><rel-time at="{0}">{3}</rel-time></time>',
        moment(at),
        date_format(there, "DATETIME_FORMAT"),
        css,
        date_format(there, "SHORT_DATE_FORMAT"),
    )
