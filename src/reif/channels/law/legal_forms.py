"""What a business mail must say about its sender, by country and legal form, and what of it is missing.

DE: § 35a GmbHG, § 80 AktG, §§ 37a, 125a, 177a HGB, § 25a GenG, § 5 DDG. AT: § 14 UGB, § 24 MedienG. CH: Art. 954a OR,
Art. 3 Abs. 1 lit. s UWG. A default to work with, no legal advice.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.channels.law.countries import code_of
from reif.channels.mails import Sender

PLACE = ("company", "street", "postcode", "city", "country", "from_address")
REGISTERED = ("seat", "register")
WORDS = {
    "company": gettext_lazy("the company"),
    "legal_form": gettext_lazy("the legal form"),
    "seat": gettext_lazy("the registered office"),
    "register": gettext_lazy("the register court and the number"),
    "directors": gettext_lazy("all managing directors or the board"),
    "chair": gettext_lazy("the chair of the supervisory board"),
    "street": gettext_lazy("the street"),
    "postcode": gettext_lazy("the postcode"),
    "city": gettext_lazy("the city"),
    "country": gettext_lazy("the country"),
    "vat": gettext_lazy("the VAT number"),
    "from_address": gettext_lazy("the mail address"),
    "phone": gettext_lazy("a telephone number or a website for quick contact"),
}
SMALL = ("einzelunternehmen", "einzelfirma", "freiberuf", "gbr", "einfache gesellschaft", "verein", "e.v.", "stiftung")
"""Forms that need no entry in a register to exist."""


def lacking(sender: Sender) -> list[str]:
    """The fields that this sender still has to fill in, in the order of the file."""
    form = sender.legal_form.lower()
    small = any(word in form for word in SMALL)
    needed = [*PLACE, "legal_form", "directors"]
    needed += [] if small else [*REGISTERED, "vat"]
    if "ag" in _words(form) and code_of(sender.country) == "DE":
        needed.append("chair")
    missing = [name for name in WORDS if name in needed and not getattr(sender, name)]
    if not small and sender.register and not _court_and_number(sender.register):
        missing.append("register")
    if not (sender.phone or sender.website):
        missing.append("phone")
    return missing


def lacking_words(sender: Sender) -> str:
    """The same in words, as a list; nothing when the sender is complete."""
    return ", ".join(str(WORDS[name]) for name in lacking(sender))


def refusal(sender: Sender) -> str:
    """Why no mail leaves, and what to do; nothing when the sender is complete."""
    if not (missing := lacking_words(sender)):
        return ""
    return _("Mails are held back: the sender lacks %(missing)s. Add it under [sender] in mails.toml.") % {
        "missing": missing
    }


def footer_says(sender: Sender, text: str) -> bool:
    """Whether the plain text of a mail names the sender in full, readable without pictures."""
    told = [sender.company, sender.street, sender.postcode, sender.city, sender.seat, sender.register, sender.vat]
    return all(part in text for part in (*told, *sender.directors, sender.chair) if part)


def _court_and_number(register: str) -> bool:
    return bool(re.search(r"\d", register) and re.search(r"[^\W\d]{4}", register))


def _words(form: str) -> set[str]:
    return set(re.findall(r"\w+", form))
