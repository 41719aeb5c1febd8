"""Who writes, in the words the law asks for, and why the reader gets this mail."""

from __future__ import annotations

from reif.channels.email.links import BASE, TOKEN
from reif.channels.mails import Mail, Sender

_WORDS = {
    "de": {
        "seat": "Sitz",
        "directors": "Vertreten durch",
        "chair": "Aufsichtsratsvorsitz",
        "vat": "UID/USt-IdNr.",
        "phone": "Telefon",
        "why": "Sie erhalten diese E-Mail, weil Sie eingewilligt haben, von uns zu hören.",
        "leave": "Abmelden",
        "desk": "Automatisch gesendet für Ihr Team.",
    },
    "en": {
        "seat": "Registered seat",
        "directors": "Represented by",
        "chair": "Chair of the supervisory board",
        "vat": "VAT ID",
        "phone": "Phone",
        "why": "You receive this e-mail because you agreed to hear from us.",
        "leave": "Unsubscribe",
        "desk": "Sent automatically for your team.",
    },
}
UNSUBSCRIBE = f"{BASE}/u/{TOKEN}"


def imprint_lines(sender: Sender, language: str) -> list[str]:
    """Company, address, register, people, VAT: readable with images off."""
    words = _WORDS["en" if language == "en" else "de"]
    firm = sender.company
    if sender.legal_form and not firm.endswith(sender.legal_form):
        firm = f"{firm} {sender.legal_form}"
    lines = [
        _joined([firm, sender.street, f"{sender.postcode} {sender.city}".strip(), sender.country]),
        _joined([_named(words["seat"], sender.seat), sender.register, _named(words["vat"], sender.vat)]),
        _joined([_named(words["directors"], ", ".join(sender.directors)), _named(words["chair"], sender.chair)]),
        _joined([_named(words["phone"], sender.phone), sender.reply_to or sender.from_address, sender.website]),
    ]
    return [line for line in lines if line]


def closing(mail: Mail, language: str, html: bool = False) -> list[str]:
    """The lines above the imprint."""
    words = _WORDS["en" if language == "en" else "de"]
    if mail.kind == "staff":
        return [words["desk"]]
    if mail.kind == "service":
        return []
    leave = f'<a href="{UNSUBSCRIBE}" style="color:#71717a">{words["leave"]}</a>'
    return [f"{words['why']} {leave}"] if html else [words["why"], f"{words['leave']}: {UNSUBSCRIBE}"]


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _named(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""
