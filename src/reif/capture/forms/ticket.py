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


def issue(form: str, language: str, url: str = "", referrer: str = "", *, variant: str = "", via: str = "page",
          origin: str = "") -> str:  # fmt: skip
    """A ticket for a form that is about to be shown. via: page, embed or frame; origin: the foreign page's."""
    moment = now()
    parts: tuple[str | int, ...] = (
        form,
        secrets.token_urlsafe(9),
        int(moment.timestamp() * 1000),
        language,
        url[:500],
        referrer[:500],
    )
    parts += (variant[:160], via, origin[:255])
    return token.sign(settings.SECRET_KEY, PURPOSE, *parts, until=moment + LIFE)


def read(text: str, form: str) -> Ticket:
    """Raises token.BadToken: forged, for another form, or older than a day."""
    parts = token.read(settings.SECRET_KEY, PURPOSE, text[:4000], now())
    slug, number, shown, language, url, referrer, variant, via, origin = map(str, parts)
    if slug != form:
        raise token.BadToken("form")
    at = datetime.fromtimestamp(int(shown) / 1000, now().tzinfo)
    return Ticket(form, number, at, language, url, referrer, variant, via, origin)
