"""The ticket of a form: proof that we showed it, when, and where. It takes the place of the CSRF cookie.

Forms are public and work before any consent, so they must not set a cookie, and there is no session that a foreign
page could ride on: posting a form acts for nobody but the one who typed. What a ticket does stop is posting without
having fetched the form, posting faster than people type, and one posting counting twice (its number is part of the
submission's key). The address of the page and the referrer travel in it too, signed, so no script has to add them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from reif.kit import token
from reif.kit.clock import now

PURPOSE = "form"
LIFE = timedelta(days=1)
MORE = {"variant": "", "via": "page", "origin": "", "without": "", "later": "", "stranger": ""}


@dataclass(frozen=True)
class Ticket:
    """One form as it was shown once."""

    form: str
    number: str
    shown_at: datetime
    language: str
    url: str = ""
    referrer: str = ""
    variant: str = ""
    via: str = "page"
    origin: str = ""
    without: str = ""
    later: str = ""
    stranger: str = ""


def issue(form: str, language: str, url: str = "", referrer: str = "", **more: str) -> str:
    """A ticket for a form that is about to be shown.

    more: variant of the page; via: page, embed or frame; origin of a foreign page; without, later: names, with commas,
    of the fields that were left out and of those that took their place; stranger: who fills it in says to be new here.
    """
    moment = now()
    parts: tuple[str | int, ...] = (
        form,
        number(),
        int(moment.timestamp() * 1000),
        language,
        url[:500],
        referrer[:500],
    )
    parts += tuple(more.get(name, usual)[:500] for name, usual in MORE.items())
    return token.sign(settings.SECRET_KEY, PURPOSE, *parts, until=moment + LIFE)


def number() -> str:
    """A new number for a form that is shown once."""
    return secrets.token_urlsafe(9)


def read(text: str, form: str) -> Ticket:
    """Raises token.BadToken: forged, for another form, or older than a day."""
    parts = token.read(settings.SECRET_KEY, PURPOSE, text[:4000], now())
    slug, serial, shown, language, url, referrer, *more = map(str, parts)
    if slug != form:
        raise token.BadToken("form")
    at = datetime.fromtimestamp(int(shown) / 1000, now().tzinfo)
    return Ticket(form, serial, at, language, url, referrer, *more)
