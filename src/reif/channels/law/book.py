"""The playbook section `consent`: purposes, own rules, the confirmation, how long data stay."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.channels.law.house import own_rule
from reif.channels.law.shape import ConsentBook, HouseRule
from reif.crm.law.house import House
from reif.crm.law.stricter import rule_for
from reif.crm.law.table import ADDRESSEES, COUNTRIES, Demand
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register

NAME = "consent"
WORDY = 20  # letters that a reason has at least


def check_consent(draft: Draft) -> Iterator[Problem]:
    """Purposes once, no rule laxer than the law without a written reason, sensible days, conditions that can be read."""
    book: ConsentBook = draft[NAME]
    seen: set[str] = set()
    for number, purpose in enumerate(book.purpose):
        if purpose.key in seen or not purpose.key:
            sentence = _("Two purposes are called “%(key)s”.") % {"key": purpose.key}
            yield draft.problem(NAME, ("purpose", number, "key"), sentence, _("Give one of them another key."))
        seen.add(purpose.key)
    for number, rule in enumerate(book.rule):
        yield from _rule(draft, rule, number)
    yield from _confirmation(draft, book)
    yield from _retention(draft, book)


def _rule(draft: Draft, rule: HouseRule, number: int) -> Iterator[Problem]:
    if rule.country != "*" and rule.country.upper() not in COUNTRIES:
        sentence = _("There are no rules for the country “%(country)s”.") % {"country": rule.country}
        yield draft.problem(NAME, ("rule", number, "country"), sentence, _("Use AT, CH, DE or *."))
    elif _laxer(rule) and len(rule.reason.strip()) < WORDY:
        sentence = _("This rule asks for less than the law that we know.")
        remedy = _("Write down in “reason” why it may, in a sentence; without it the stricter rule holds.")
        yield draft.problem(NAME, ("rule", number, "demand"), sentence, remedy)
    if rule.soft_opt_in:
        sentence = _("A soft opt-in can be forbidden here, never allowed: its conditions are in the law.")
        yield draft.problem(NAME, ("rule", number, "soft_opt_in"), sentence, _("Take the line away, or write false."))


def _laxer(rule: HouseRule) -> bool:
    """Whether it would lower the demand in any case that it is for."""
    own = own_rule(rule)
    if own.demand is None:
        return False
    countries = COUNTRIES if own.country == "*" else (own.country,)
    channels = ("email", "phone", "sms", "post") if own.channel == "*" else (own.channel,)
    tos = ADDRESSEES if own.to == "*" else (own.to,)
    by_law = [rule_for(c, ch, to, House(seat=c)).demand for c in countries for ch in channels for to in tos]
    return any(own.demand < demand for demand in by_law if demand is not Demand.NOTHING)


def _confirmation(draft: Draft, book: ConsentBook) -> Iterator[Problem]:
    one = book.confirmation
    if not 1 <= one.days <= 30:
        yield draft.problem(NAME, ("confirmation", "days"), _("A request stays open between 1 and 30 days."))
    if one.reminders not in (0, 1):
        sentence = _("At most one reminder may be sent; more of them is advertising.")
        yield draft.problem(NAME, ("confirmation", "reminders"), sentence, _("Use 0 or 1."))
    elif one.reminders and not 1 <= one.remind_after < one.days:
        sentence = _("The reminder has to come before the request is over.")
        yield draft.problem(NAME, ("confirmation", "remind_after"), sentence)


def _retention(draft: Draft, book: ConsentBook) -> Iterator[Problem]:
    for number, rule in enumerate(book.retention):
        if rule.months < 1:
            sentence = _("Data stay for a month at least, or nobody could work with them.")
            yield draft.problem(NAME, ("retention", number, "months"), sentence)


register(Section(NAME, ConsentBook, gettext_lazy("Consent"), check_consent))
