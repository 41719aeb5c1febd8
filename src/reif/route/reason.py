"""Why a seller got a person, in a sentence that the seller reads; kept in both languages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from reif.crm.models import Person
from reif.route.models import in_language
from reif.route.section import FALLBACK, Rule
from reif.staff.models import User


def in_both(say: Callable[[], str]) -> dict[str, str]:
    """The sentence that `say` makes, by language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = say()
    return said


def by_owner(how: str, owner: User, person: Person) -> dict[str, str]:
    """Ownership first: the person's own seller, the company's, or a colleague's."""
    return in_both(lambda: _owner_sentence(how) % {"name": owner.name, "company": person.company})


def by_rule(rule: Rule, chosen: User) -> dict[str, str]:
    """A rule fitted, and among its sellers it was this one's turn."""
    return in_both(lambda: f"{_rule_sentence(rule)} {_turn_sentence(rule) % {'name': chosen.name}}")


def by_hand(giver: User) -> dict[str, str]:
    """Somebody decided."""
    return in_both(lambda: _("Given by %(name)s.") % {"name": giver.name})


def after(because: str, reason: dict[str, str]) -> dict[str, str]:
    """The same, after what led to it: `late` (the last seller did not answer), `back` (the date to return came)."""
    lead = {
        "late": lambda: _("Was not answered in time."),
        "back": lambda: _("The agreed date has come."),
    }.get(because)
    if lead is None:
        return reason
    opening = in_both(lead)
    return {language: f"{opening[language]} {words}" for language, words in reason.items()}


def _owner_sentence(how: str) -> str:
    return {
        "person": _("%(name)s looks after this person already."),
        "company": _("%(name)s looks after %(company)s."),
        "colleague": _("%(name)s looks after somebody else at %(company)s."),
    }[how]


def _rule_sentence(rule: Rule) -> str:
    if rule.key == FALLBACK and not rule.words:
        return _("No rule fits, so the fallback decides.")
    return _("Rule “%(rule)s” fits.") % {"rule": in_language(rule.words) or rule.key}


def _turn_sentence(rule: Rule) -> str:
    if rule.pick == "least_busy":
        return _("%(name)s has the fewest open people for their share.")
    return _("It is %(name)s’s turn.")
