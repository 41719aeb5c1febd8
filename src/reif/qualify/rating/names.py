"""The flaws in words, for pages, forms and sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from reif.qualify.rating.ways import FLAWS
from reif.rules.fields import FIELDS

_WORDS = {
    "email_invalid": _("Not a mail address"),
    "email_throwaway": _("Throw-away mail address"),
    "email_role": _("Shared address (info@)"),
    "domain_differs": _("Other domain than the company"),
    "phone_unreadable": _("Phone number cannot be called"),
    "title_strange": _("Job title not understood"),
    "name_strange": _("Name looks made up"),
    "stale": _("Not confirmed for a long time"),
}
HELP = {
    "email_invalid": _("Correct it, or ask for a new one: no mail arrives."),
    "email_throwaway": _("Ask for the business address before anybody spends time."),
    "email_role": _("Ask whom to write to: offers to info@ reach nobody in particular."),
    "domain_differs": _("Check whether the person still works there, or belongs to another company."),
    "phone_unreadable": _("Add the country code, or the digits that are missing."),
    "title_strange": _("Write the job title out: department and level follow from it."),
    "name_strange": _("Look up the real name."),
    "stale": _("Ask in the next conversation, or with a form that shows what is known."),
}
"""What to do about each."""


def flaw_words(language: str) -> dict[str, str]:
    """Keys with their words, the costliest first."""
    with override(language):
        return {key: str(_WORDS[key]) for key in FLAWS}


def field_words(names: list[str], language: str) -> list[str]:
    """Fields in words."""
    return [FIELDS[name].words(language) for name in names]
