"""One line of a mapping: from a path in what came, to a field of ours."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

TARGETS: dict[str, Any] = {
    "email": _("E-mail"), "first_name": _("First name"), "last_name": _("Last name"), "name": _("Full name"),
    "phone": _("Phone"), "job_title": _("Job title"), "company_name": _("Company"), "company_domain": _("Website"),
    "company_size": _("Company size"), "industry": _("Industry"), "country": _("Country"), "region": _("Region"),
    "city": _("City"), "postal_code": _("Postal code"), "language": _("Language"), "timezone": _("Time zone"),
    "source": _("Source"), "source_detail_1": _("Source: first detail"), "source_detail_2": _("Source: second detail"),
    "utm_source": "utm_source", "utm_medium": "utm_medium", "utm_campaign": "utm_campaign", "utm_term": "utm_term",
    "utm_content": "utm_content", "gclid": "gclid", "fbclid": "fbclid", "message": _("Message"), "at": _("Time"),
    "id": _("The sender’s own id"),
}  # fmt: skip
"""What a path may fill, besides a trait: `traits.<name>`."""
TRANSFORMS: dict[str, Any] = {
    "": _("as it is"), "lower": _("small letters"), "upper": _("capital letters"), "date": _("a date"),
    "phone": _("a telephone number"), "digits": _("digits only"), "first": _("first word"), "rest": _("after the first word"),
}  # fmt: skip


class Rule(msgspec.Struct, frozen=True):
    """to: the target. constant: always this. default: when the path gives nothing. transform: a key of TRANSFORMS."""

    to: str
    path: str = ""
    constant: str = ""
    default: str = ""
    transform: str = ""


class ConsentRule(msgspec.Struct, frozen=True):
    """A box on the platform's form. path: where the tick is; text, version: what stood beside it, kept as evidence."""

    path: str
    purpose: str = "marketing"
    text: str = ""
    version: str = ""


def rules_of(stored: Any) -> list[Rule]:
    """From the column of a connection; a line that cannot be read is left out."""
    return [rule for one in stored or [] if (rule := _read(one)) is not None]


def is_target(name: str) -> bool:
    """Whether something can be put there."""
    return name in TARGETS or (name.startswith("traits.") and 0 < len(name) - 7 <= 60)


def _read(one: Any) -> Rule | None:
    try:
        rule = msgspec.convert(one, Rule)
    except msgspec.ValidationError:
        return None
    return rule if is_target(rule.to) else None
