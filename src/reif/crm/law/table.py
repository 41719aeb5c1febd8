"""The table: what each country asks before somebody is written to, called or sent a letter for advertising.

A careful reading of the statutes, as a default to start from; it is no legal advice, and an operator can be stricter.
Sources: DE § 7, § 7a UWG; AT § 174 TKG 2021, § 7 ECG; CH Art. 3 Abs. 1 lit. o and u UWG; GDPR Art. 6, 7, 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

CHANNELS = ("email", "phone", "sms", "post")
ADDRESSEES = ("consumer", "business")
COUNTRIES = ("AT", "CH", "DE")


class Demand(IntEnum):
    """What must be there, from lax to strict."""

    NOTHING = 0  # as long as nobody objected
    PRESUMED = 1  # a concrete reason to expect interest: a basis of processing that is in force
    EXPRESS = 2  # an express consent that can be proven
    DOUBLE = 3  # an express consent, confirmed through the address itself
    NEVER = 4


@dataclass(frozen=True)
class Rule:
    """soft: the conditions under which customers may be written to without consent; None: never. ecg: the Austrian list
    must be asked before. keep_years: how long the proof stays after the last use. law: where it is written."""

    demand: Demand
    soft: frozenset[str] | None = None
    ecg: bool = False
    keep_years: int = 0
    law: str = ""


SALE, PURCHASE = "sale", "purchase"  # got with a sale, an account included; got with a purchase in the narrow sense
OWN_SIMILAR, NOTICE, NO_OBJECTION = "own_similar", "notice_at_collection", "no_objection"
CONDITIONS = (SALE, PURCHASE, OWN_SIMILAR, NOTICE, NO_OBJECTION)
_DE = frozenset({SALE, OWN_SIMILAR, NOTICE, NO_OBJECTION})
_AT = frozenset({SALE, OWN_SIMILAR, NOTICE, NO_OBJECTION})
_CH = frozenset({PURCHASE, OWN_SIMILAR, NOTICE, NO_OBJECTION})

_BY_CHANNEL = {
    ("DE", "email"): Rule(Demand.DOUBLE, _DE, law="§ 7 Abs. 2 Nr. 2, Abs. 3 UWG"),
    ("DE", "sms"): Rule(Demand.DOUBLE, _DE, law="§ 7 Abs. 2 Nr. 2, Abs. 3 UWG"),
    ("DE", "post"): Rule(Demand.NOTHING, law="§ 7 Abs. 1 UWG, Art. 21 Abs. 2 DSGVO"),
    ("AT", "email"): Rule(Demand.DOUBLE, _AT, ecg=True, law="§ 174 Abs. 3, 4 TKG 2021, § 7 ECG"),
    ("AT", "sms"): Rule(Demand.DOUBLE, _AT, law="§ 174 Abs. 3, 4 TKG 2021"),
    ("AT", "phone"): Rule(Demand.EXPRESS, law="§ 174 Abs. 1 TKG 2021"),
    ("AT", "post"): Rule(Demand.NOTHING, law="§ 151 GewO, Art. 21 Abs. 2 DSGVO"),
    ("CH", "email"): Rule(Demand.EXPRESS, _CH, law="Art. 3 Abs. 1 lit. o UWG"),
    ("CH", "sms"): Rule(Demand.EXPRESS, _CH, law="Art. 3 Abs. 1 lit. o UWG"),
    ("CH", "post"): Rule(Demand.NOTHING, law="Art. 30 DSG"),
}
_BY_ADDRESSEE = {
    ("DE", "phone", "consumer"): Rule(Demand.EXPRESS, keep_years=5, law="§ 7 Abs. 2 Nr. 1, § 7a UWG"),
    ("DE", "phone", "business"): Rule(Demand.PRESUMED, law="§ 7 Abs. 2 Nr. 1 UWG"),
    ("CH", "phone", "consumer"): Rule(Demand.EXPRESS, law="Art. 3 Abs. 1 lit. u UWG"),
    ("CH", "phone", "business"): Rule(Demand.PRESUMED, law="Art. 3 Abs. 1 lit. u UWG"),
}


def written(country: str, channel: str, to: str) -> Rule:
    """What the table says for one country."""
    return _BY_ADDRESSEE.get((country, channel, to)) or _BY_CHANNEL[country, channel]
