"""What must hold before a test may name a winner."""

from __future__ import annotations

import msgspec

from reif.attract.models import PageTest


class Rule(msgspec.Struct, frozen=True):
    """What must hold before anything is claimed. sure: chance to be the best; loss: what it may cost on average;
    people: visitors of each variant; days: since the start. auto: the system may end the test by itself."""

    sure: float = 0.95
    loss: float = 0.002
    people: int = 200
    days: int = 7
    auto: bool = False


def rule_of(test: PageTest) -> Rule:
    return msgspec.convert(test.rule, Rule)
