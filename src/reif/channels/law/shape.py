"""The shape of `consent.toml`: purposes, rules of the house, the confirmation, and how long data stay."""

from __future__ import annotations

from typing import Literal

import msgspec

from reif.channels.mails import Words
from reif.rules.predicates import Predicate

Channel = Literal["email", "phone", "sms", "post"]


class Purpose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people may agree to. text: the words of the consent, shown where a reader can switch it on; version: of them."""

    key: str
    title: Words = Words()
    text: Words = Words()
    version: str = "1"
    channels: list[Channel] = msgspec.field(default_factory=lambda: ["email"])


class HouseRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Stricter than the law at once; laxer only with a written reason. country: DE, AT, CH or * for all."""

    demand: Literal["", "nothing", "presumed", "express", "double", "never"] = ""
    country: str = "*"
    channel: Channel | Literal["*"] = "email"
    to: Literal["consumer", "business", "*"] = "*"
    soft_opt_in: bool | None = None
    reason: str = ""


class Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The double opt-in. days: until a request is over and deleted; reminders: none or one, after `remind_after` days.
    network: whether network addresses are kept as evidence."""

    days: int = 14
    reminders: int = 0
    remind_after: int = 3
    network: bool = True


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is forgotten when nothing has happened for so many months. when: a condition on people."""

    key: str
    months: int
    when: Predicate | None = None
    words: Words = Words()


class ConsentBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `consent.toml`. keep_proof_months: how long the proof of a consent outlives an erasure; a law may ask for
    longer."""

    purpose: list[Purpose] = []
    rule: list[HouseRule] = []
    confirmation: Confirmation = Confirmation()
    retention: list[Retention] = []
    keep_proof_months: int = 0

    @property
    def purposes(self) -> list[Purpose]:
        return self.purpose or [Purpose("marketing", Words("Beiträge und Einladungen", "Articles and invitations"))]

    def by_key(self, key: str) -> Purpose:
        """The purpose of this key; one with the key as its name when the playbook does not know it."""
        return next((p for p in self.purposes if p.key == key), Purpose(key, Words(key, key)))
