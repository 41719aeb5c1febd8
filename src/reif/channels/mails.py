"""The shape of `mails.toml`: who writes, how often and when, and the texts."""

from __future__ import annotations

from typing import Literal

import msgspec

LANGUAGES = ("de", "en")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    de: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en if language == "en" else self.de) or self.de or self.en


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Marketing mails leave from `start` to `end` o'clock in the reader's time zone; 0 to 24 is always."""

    start: int = 8
    end: int = 18
    weekdays: bool = False

    @property
    def limited(self) -> bool:
        return self.weekdays or self.start > 0 or self.end < 24


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most `most` marketing mails to one person within `days` days."""

    most: int = 3
    days: int = 7
    hours: Hours = Hours()


class Sender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The company that writes, with what the law asks for in every business letter.

    What each legal form needs: `channels/law/legal_forms.py`. chair: of the supervisory board, where the law names one.
    tracking: `personal` counts opens and clicks per reader (the consent text must say so), `none` does neither.
    """

    company: str = ""
    legal_form: str = ""
    seat: str = ""
    register: str = ""
    directors: list[str] = []
    chair: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat: str = ""
    phone: str = ""
    website: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    colour: str = "#1f6f54"
    signature: Words = Words()
    tracking: Literal["personal", "none"] = "personal"


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a mail: `text` (Markdown), `heading`, `button` with `href`, `divider`, or `signature`."""

    text: Words | None = None
    heading: Words | None = None
    button: Words | None = None
    href: str = ""
    divider: bool = False
    signature: bool = False


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mail. `body` is Markdown, a short way for one text block and the signature. purpose: what its readers agreed to."""

    key: str
    subject: Words
    kind: Literal["marketing", "service", "staff"] = "marketing"
    purpose: str = "marketing"
    preheader: Words = Words()
    body: Words | None = None
    blocks: list[Block] = []

    @property
    def parts(self) -> list[Block]:
        return self.blocks or [Block(text=self.body), Block(signature=True)]


class Mails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `mails.toml`."""

    sender: Sender = Sender()
    limits: Limits = Limits()
    mail: list[Mail] = []
