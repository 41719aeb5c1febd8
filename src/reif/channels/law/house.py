"""What the playbook in force says about consent: the seat, own rules, purposes."""

from __future__ import annotations

from typing import cast

from reif.channels.email.limits import sender
from reif.channels.law.countries import code_of
from reif.channels.law.shape import ConsentBook, HouseRule
from reif.crm.law.house import House, OwnRule
from reif.crm.law.table import Demand
from reif.playbook.current import current


def consent_book() -> ConsentBook:
    return cast(ConsentBook, current("consent"))


def our_house() -> House:
    """For the law: where the sender sits, and where the house is stricter."""
    book = consent_book()
    return House(code_of(sender().country), tuple(own_rule(r) for r in book.rule), book.keep_proof_months)


def own_rule(rule: HouseRule) -> OwnRule:
    demand = Demand[rule.demand.upper()] if rule.demand else None
    return OwnRule(rule.country.upper(), rule.channel, rule.to, demand, rule.soft_opt_in, rule.reason)
