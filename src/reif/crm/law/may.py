"""The one question: may we write to these people, or call them, for this purpose? With the reason, and what is missing.

Every way to somebody asks here: pages, API, journeys, campaigns, and the gate at the last moment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from reif.crm.law.ecg import listed
from reif.crm.law.house import house
from reif.crm.law.stricter import rule_for
from reif.crm.law.table import CHANNELS, Demand, Rule
from reif.crm.law.words import needs, reason_words
from reif.crm.models import Consent, Person
from reif.crm.suppress import suppressed, unwanted
from reif.kit.clock import now

SHOWN = ("id", "email", "phone", "country", "company__country", "company_id", "erased_at", "basis")
Row = dict[str, object]


@dataclass(frozen=True)
class Verdict:
    """yes or no, why (a code), under which rule; consent: the row that permits it. `lacks`: conditions that are not met."""

    yes: bool
    why: str
    rule: Rule
    channel: str
    country: str = ""
    to: str = "consumer"
    consent: Consent | None = None
    lacks: tuple[str, ...] = ()
    since: datetime | None = None

    @property
    def reason(self) -> str:
        """The reason in the active language."""
        return reason_words(self.why, self.channel, self.lacks, self.since)

    @property
    def needed(self) -> str:
        """What would have to be there, in the active language; nothing when all is."""
        return "" if self.yes else needs(self.rule, self.why)


def may(person: Person, purpose: str = "marketing", channel: str = "email") -> Verdict:
    """For one person."""
    return verdicts([person.pk], purpose, channel)[person.pk]


def verdicts(people: Iterable[int], purpose: str = "marketing", channel: str = "email") -> dict[int, Verdict]:
    """For many, in five queries or fewer for each 5,000. Unknown ids are left out."""
    if channel not in CHANNELS:
        raise ValueError(f"no such channel: {channel}; there are {', '.join(CHANNELS)}")
    ids = list(dict.fromkeys(people))
    found: dict[int, Verdict] = {}
    for start in range(0, len(ids), 5000):
        found |= _Look(ids[start : start + 5000], purpose, channel).verdicts()
    return found


class _Look:
    """What must be known about a batch, asked once."""

    def __init__(self, people: Sequence[int], purpose: str, channel: str) -> None:
        self.channel, self.house, self.now = channel, house(), now()
        self.rows = list(Person.objects.filter(id__in=people).values(*SHOWN))
        self.consents: dict[int, list[Consent]] = defaultdict(list)
        kept = Consent.objects.filter(person__in=people, purpose=purpose, channel=channel)
        for one in kept.defer("text", "mail_text", "mail_html", "evidence").order_by("-given_at", "-id"):
            self.consents[one.person_id].append(one)
        addresses = [a for row in self.rows if (a := self._address(row))]
        self.unwanted = unwanted(addresses)
        self.dead = suppressed(addresses) if channel == "email" else set()
        self.listed = listed([a for r in self.rows if (a := self._address(r)) and self._on_soft(r)])

    def verdicts(self) -> dict[int, Verdict]:
        return {int(str(row["id"])): self._verdict(row) for row in self.rows}

    def _on_soft(self, row: Row) -> bool:
        return self.channel == "email" and any(c.basis == "soft_opt_in" for c in self._of(row))

    def _of(self, row: Row) -> list[Consent]:
        return self.consents.get(int(str(row["id"])), [])

    def _address(self, row: Row) -> str:
        if row["erased_at"]:
            return ""
        return str({"email": row["email"], "phone": row["phone"], "sms": row["phone"]}.get(self.channel) or "")

    def _verdict(self, row: Row) -> Verdict:
        country = str(row["country"] or row["company__country"] or "")
        to = "business" if row["company_id"] else "consumer"
        rule = rule_for(country, self.channel, to, self.house)
        permit, why, lacks, since = self._decide(row, rule)
        yes = why in YES
        return Verdict(yes, why, rule, self.channel, country, to, permit if yes else None, lacks, since)

    def _decide(self, row: Row, rule: Rule) -> Decision:
        address = self._address(row)
        if row["erased_at"]:
            return None, "erased", (), None
        if not address and self.channel != "post":
            return None, "no_address", (), None
        if address in self.dead:
            return None, "dead_address", (), None
        reason, since = self.unwanted.get(address, ("", None))
        mine = [c for c in self._of(row) if c.given_at and not c.withdrawn_at and bound(c, address)]
        fresh = [c for c in mine if since is None or (c.basis == "consent" and c.given_at and c.given_at > since)]
        for one in fresh:
            if why := self._permits(one, rule, address):
                return one, why, (), one.given_at
        if reason:
            return None, reason, (), since
        return self._without(row, rule, mine, address)

    def _permits(self, one: Consent, rule: Rule, address: str) -> str:
        if rule.demand is Demand.NEVER:
            return ""
        if one.basis == "soft_opt_in":
            return "soft_opt_in" if not soft_lacks(one, rule) and not (rule.ecg and address in self.listed) else ""
        if one.double:
            return "double"
        return "express" if rule.demand <= Demand.EXPRESS else ""

    def _without(self, row: Row, rule: Rule, mine: Sequence[Consent], address: str) -> Decision:
        """No consent is good enough: what else permits it, or else why not."""
        every = self._of(row)
        gone = next((c for c in every if c.withdrawn_at), None)
        if gone is None and rule.demand is Demand.NOTHING:
            return None, "nothing_needed", (), None
        if gone is None and rule.demand is Demand.PRESUMED and row["basis"]:
            return None, "presumed", (), None
        if soft := next((c for c in mine if c.basis == "soft_opt_in"), None):
            lacks = soft_lacks(soft, rule)
            return None, "soft_lacks" if lacks else "ecg_listed", lacks, soft.given_at
        if mine:
            return None, "never" if rule.demand is Demand.NEVER else "not_confirmed", (), mine[0].given_at
        if other := next((c for c in every if c.given_at and not c.withdrawn_at), None):
            return None, "other_address", (), other.given_at
        if asked := next((c for c in every if not c.given_at and not c.withdrawn_at), None):
            return None, "waiting", (), asked.requested_at
        return (None, "withdrawn", (), gone.withdrawn_at) if gone else (None, "none", (), None)


Decision = tuple[Consent | None, str, tuple[str, ...], datetime | None]
YES = frozenset({"double", "express", "soft_opt_in", "presumed", "nothing_needed"})


def bound(consent: Consent, address: str) -> bool:
    """Whether this permission is one for this address; telephone numbers are compared by their digits."""
    if consent.channel == "post":
        return True
    if consent.channel == "email":
        return consent.address == address
    return re.sub(r"\D", "", consent.address) == re.sub(r"\D", "", address)


def soft_lacks(consent: Consent, rule: Rule) -> tuple[str, ...]:
    """The conditions of a soft opt-in that are not met under this rule; `law` when the rule knows none."""
    if rule.soft is None:
        return ("law",)
    return tuple(sorted(rule.soft - set(consent.conditions)))
