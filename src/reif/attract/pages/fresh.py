"""What a block says when it comes from the palette: enough to be seen, and plainly meant to be replaced."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reif.attract.pages.sheet import new_id
from reif.kit.clock import now
from reif.playbook.current import current


def fresh(name: str, language: str) -> dict[str, Any]:
    """A new block of this kind, in the language of the page."""
    with translation.override(language):
        return {"block": name, "id": new_id(), **_content(name)}


def first_form() -> str:
    """The form that a new page shows until another one is chosen."""
    return next((str(form.slug) for form in current("forms").forms), "")


def _content(name: str) -> dict[str, Any]:
    text, link = _("Say it in a sentence or two."), {"label": _("Learn more"), "href": "#form"}
    entries = [{"title": _("Title %(n)s") % {"n": n}, "text": text} for n in (1, 2, 3)]
    made: dict[str, dict[str, Any]] = {
        "hero": {"title": _("What people get here"), "text": text, "action": link},
        "text": {"title": _("A heading"), "body": text},
        "columns": {"title": "", "items": entries[:2]},
        "picture": {"picture": "bild", "caption": ""},
        "form": {"form": first_form(), "title": _("Write to us")},
        "benefits": {"title": _("Three good reasons"), "items": [{**e, "icon": "check"} for e in entries]},
        "quote": {"text": _("What a satisfied customer said, in her own words."), "person": _("First and last name")},
        "faq": {"title": _("Questions"), "items": [{"question": _("What is asked often?"), "answer": text}]},
        "video": {"title": _("A short film"), "href": ""},
        "countdown": {"title": _("Only until then"), "until": _next_week(), "zone": settings.TIME_ZONE},
        "call_to_action": {"title": _("The next step"), "text": text, "action": link},
        "plans": {"items": [_plan(n, link) for n in (1, 2)]},
        "table": {"title": _("In comparison"), "columns": ["", "A", "B"], "rows": [[_("Feature"), "+", ""]]},
        "agenda": {"title": _("What it is about"), "items": entries},
        "articles": {"title": _("From the magazine"), "count": 3},
        "divider": {"size": "medium", "line": True},
    }
    return made[name]


def _plan(number: int, link: dict[str, str]) -> dict[str, Any]:
    name = _("Plan %(n)s") % {"n": number}
    return {
        "name": name,
        "price": "CHF 0",
        "unit": _("a month"),
        "text": "",
        "features": [_("Feature")],
        "action": link,
    }


def _next_week() -> str:
    return timezone.localtime(now() + timedelta(days=7)).strftime("%Y-%m-%dT18:00")
