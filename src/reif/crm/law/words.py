"""The law in sentences: why we may or may not, and what would be needed."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.crm.law.table import Demand, Rule

CHANNEL_WORDS = {
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "sms": gettext_lazy("SMS"),
    "post": gettext_lazy("Post"),
}
DEMAND_WORDS = {
    Demand.NOTHING: gettext_lazy("nothing, until somebody objects"),
    Demand.PRESUMED: gettext_lazy("a concrete reason to expect interest"),
    Demand.EXPRESS: gettext_lazy("express consent"),
    Demand.DOUBLE: gettext_lazy("consent confirmed by mail"),
    Demand.NEVER: gettext_lazy("not at all"),
}
CONDITION_WORDS = {
    "sale": gettext_lazy("the address comes from a sale"),
    "purchase": gettext_lazy("the address comes from a purchase (an account is not enough)"),
    "own_similar": gettext_lazy("only own, similar goods are advertised"),
    "notice_at_collection": gettext_lazy("the right to object was named when the address was taken"),
    "no_objection": gettext_lazy("nobody has objected"),
    "law": gettext_lazy("the law of the recipient or the sender knows no such exception"),
}
_WHY = {
    "double": gettext_lazy("Yes: consent, confirmed on %(day)s."),
    "express": gettext_lazy("Yes: consent of %(day)s."),
    "soft_opt_in": gettext_lazy("Yes: customer since %(day)s; all conditions of the soft opt-in are met."),
    "presumed": gettext_lazy("Yes: their enquiry or contract lets us expect interest."),
    "nothing_needed": gettext_lazy("Yes: no consent is needed, and nobody has objected."),
    "none": gettext_lazy("No, because there is no consent."),
    "waiting": gettext_lazy("No, because the consent asked for on %(day)s is not confirmed yet."),
    "not_confirmed": gettext_lazy("No, because the consent of %(day)s was never confirmed by mail, and that is needed here."),
    "withdrawn": gettext_lazy("No, because the consent was withdrawn on %(day)s."),
    "other_address": gettext_lazy("No, because the consent of %(day)s is for another address."),
    "objected": gettext_lazy("No, because the owner of this address objected on %(day)s."),
    "erased": gettext_lazy("No, because the owner of this address was forgotten as asked, and wants no advertising."),
    "dead_address": gettext_lazy("No, because mails to this address come back."),
    "no_address": gettext_lazy("No, because there is no address for it."),
    "soft_lacks": gettext_lazy("No, because the soft opt-in does not hold; missing: %(lacks)s."),
    "ecg_listed": gettext_lazy("No, because the address is on the Austrian ECG list."),
    "never": gettext_lazy("No, because the house forbids it."),
}  # fmt: skip


def reason_words(why: str, channel: str, lacks: tuple[str, ...] = (), since: datetime | None = None) -> str:
    """The reason as a sentence in the active language."""
    day = date_format(localtime(since), "SHORT_DATE_FORMAT") if since else "–"
    return str(_WHY[why]) % {"day": day, "lacks": ", ".join(str(CONDITION_WORDS[c]) for c in lacks)}


def needs(rule: Rule, why: str) -> str:
    """What would have to be there, as a sentence."""
    if why == "no_address":
        return _("An address or number.")
    if why == "dead_address":
        return _("An address that takes mails.")
    if rule.demand is Demand.NEVER:
        return ""
    sentence = {
        Demand.DOUBLE: _("A consent that its owner confirms by the link in a mail to this very address."),
        Demand.EXPRESS: _("An express consent that can be proven: text, time and address."),
        Demand.PRESUMED: _("An enquiry or a contract from which interest follows, or a consent."),
        Demand.NOTHING: _("A new consent, since there was an objection."),
    }[rule.demand]
    return f"{sentence} {_or_soft(rule)}".strip()


def _or_soft(rule: Rule) -> str:
    if rule.soft is None:
        return ""
    parts = [c for c in CONDITION_WORDS if c in rule.soft and not (c == "sale" and "purchase" in rule.soft)]
    return _("Or all of these: %(conditions)s.") % {"conditions": ", ".join(str(CONDITION_WORDS[c]) for c in parts)}
