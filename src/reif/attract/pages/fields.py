"""The Django fields that blocks are edited with, one for each kind of text, and their way from and to what is stored."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, get_args
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.playbook.current import current

HREF = re.compile(r"^(/|#|https?://|mailto:|tel:)\S*$|^$")
SIZES = {"small": gettext_lazy("Small"), "medium": gettext_lazy("Medium"), "large": gettext_lazy("Large")}
ICONS = [
    "check",
    "clock",
    "calendar",
    "users",
    "user-check",
    "shield-check",
    "lock",
    "zap",
    "rocket",
    "target",
    "trending-up",
    "chart-column",
    "wallet",
    "coins",
    "heart",
    "star",
    "award",
    "thumbs-up",
    "message-circle",
    "mail",
    "phone",
    "headphones",
    "graduation-cap",
    "book-open",
    "file-text",
    "briefcase",
    "building-2",
    "house",
    "map-pin",
    "globe",
    "leaf",
    "sprout",
    "sun",
    "coffee",
    "gift",
    "puzzle",
    "settings",
    "search",
    "lightbulb",
    "sparkles",
]
ZONES = [
    "Europe/Zurich",
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/London",
    "Europe/Paris",
    "Europe/Rome",
    "UTC",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
]


class Href(forms.CharField):
    """A link that does nothing but lead somewhere."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if not HREF.match(text):
            raise ValidationError(
                _("Write a path such as /preise, a place such as #form, or an address with https://.")
            )
        return text


class Moment(forms.CharField):
    """A date and a time of day, as the browser's own field gives them."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()[:16]
        if not text:
            return ""
        try:
            return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M")
        except ValueError as error:
            raise ValidationError(_("This is no date with a time. Write 2026-12-31T18:00, or choose it.")) from error


class Zone(forms.CharField):
    """An IANA time zone."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if text and text not in available_timezones():
            raise ValidationError(_("There is no time zone of this name. Write for example Europe/Zurich."))
        return text or "Europe/Zurich"


def short(most: int = 300, hint: str = "") -> forms.Field:
    attrs = {"class": "input", "autocomplete": "off"} | ({"placeholder": hint} if hint else {})
    return forms.CharField(max_length=most, widget=forms.TextInput(attrs=attrs))


def href() -> forms.Field:
    made = Href(
        max_length=500,
        widget=forms.TextInput(
            attrs={
                "class": "input",
                "list": "b-addresses",
                "autocomplete": "off",
                "inputmode": "url",
                "placeholder": "/preise",
            }
        ),
    )
    return _of(made, "href")


def field_for(sort: str, inner: Any) -> forms.Field:
    """The field of a sort: see `reading` in block_form.py."""
    match sort:
        case "long" | "lines" | "rows":
            rows = {"long": 5, "lines": 3, "rows": 6}[sort]
            area = forms.Textarea(attrs={"class": "textarea", "rows": rows})
            return _of(forms.CharField(max_length=20_000 if sort != "lines" else 2_000, widget=area), sort)
        case "tick":
            return _of(forms.BooleanField(widget=forms.CheckboxInput(attrs={"class": "input", "role": "switch"})), sort)
        case "number":
            wide = forms.NumberInput(attrs={"class": "input", "min": 1, "max": 9})
            return _of(forms.IntegerField(min_value=1, max_value=9, widget=wide), sort)
        case "href":
            return href()
        case "moment":
            return _of(Moment(widget=forms.TextInput(attrs={"class": "input", "type": "datetime-local"})), sort)
        case "zone":
            return _of(Zone(max_length=64, widget=forms.TextInput(attrs={"class": "input", "list": "b-zones"})), sort)
        case "form" | "choice" | "icon":
            return _of(
                forms.ChoiceField(choices=_choices(sort, inner), widget=forms.Select(attrs={"class": "select"})), sort
            )
        case "picture":
            return _of(forms.CharField(max_length=120), sort)
    return _of(short(), "short")


def shown(sort: str, value: Any) -> Any:
    """A stored value as the form shows it."""
    if sort == "rows":
        return "\n".join(" | ".join(row) for row in value or [])
    return "" if value is None else value


def stored(sort: str, inner: Any, value: Any) -> Any:
    """A checked value as it is stored."""
    match sort:
        case "rows":
            return [[cell.strip() for cell in line.split("|")] for line in str(value).splitlines() if line.strip()]
        case "tick":
            return bool(value)
        case "number":
            return int(value or 3)
        case "choice":
            return value or get_args(inner)[0]
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _choices(sort: str, inner: Any) -> Any:
    if sort == "choice":
        return [(value, SIZES.get(value, value)) for value in get_args(inner)]
    if sort == "icon":
        return [("", _("No sign")), *((name, name) for name in ICONS)]
    return [("", _("No form")), *((form.slug, form_words(form)) for form in current("forms").forms)]


def form_words(form: Any) -> str:
    """How a form is called in the chooser."""
    from django.utils.translation import get_language

    words = str(form.title.in_((get_language() or "de")[:2]))
    return f"{words} ({form.slug})" if words else str(form.slug)


def _of(made: forms.Field, sort: str) -> forms.Field:
    made.sort = sort  # type: ignore[attr-defined]
    return made
