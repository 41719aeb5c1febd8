"""The bases on which people may be processed, in words that somebody can decide by."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    key: str
    title: object
    means: object


BASES: tuple[Words, ...] = (
    Words("consent", _("They consented"), _("Each of them agreed, and you can prove it. GDPR Art. 6(1)(a).")),
    Words(
        "contract",
        _("A contract, or a request of theirs"),
        _("Customers, or people who asked for an offer. GDPR Art. 6(1)(b)."),
    ),
    Words(
        "legitimate_interest_customer",
        _("Legitimate interest: they are customers"),
        _("You looked after them before, and they may expect it. GDPR Art. 6(1)(f)."),
    ),
    Words(
        "legitimate_interest_lead",
        _("Legitimate interest: business contacts"),
        _("Business cards, a trade fair, a public directory; they may object. GDPR Art. 6(1)(f)."),
    ),
)


def basis_words(key: str) -> Words | None:
    return next((words for words in BASES if words.key == key), None)
