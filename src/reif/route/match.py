"""Which rule is the first that fits each person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reif.route.section import Rule
from reif.rules.memory import reader
from reif.rules.record import records


def first_matches(rules: Sequence[Rule], people: Iterable[int], now: datetime) -> dict[int, Rule]:
    """Rule by person id, for those whom any fits. The number of queries does not depend on how many they are."""
    known = records(people, *(rule.when for rule in rules))
    tests = [(rule, reader(rule.when)) for rule in rules]
    firsts = {
        person: next((rule for rule, fits in tests if fits(record, now)), None) for person, record in known.items()
    }
    return {person: rule for person, rule in firsts.items() if rule}
