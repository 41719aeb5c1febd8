"""Which rule holds between a house and somebody in another country: the stricter one, in every point."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, reduce

from reif.crm.law.house import House, OwnRule, house
from reif.crm.law.table import COUNTRIES, Rule, written


def rule_for(country: str, channel: str, to: str, ours: House | None = None) -> Rule:
    """country: of the recipient, empty when unknown. Unknown and foreign countries get the strictest of all we know."""
    return _decided(country, channel, to, ours or house())


@lru_cache(maxsize=512)
def _decided(country: str, channel: str, to: str, ours: House) -> Rule:
    by_law = reduce(stricter, (written(c, channel, to) for c in concerned(country, ours.seat)))
    return reduce(_own, (r for r in ours.rules if _fits(r, country, channel, to)), by_law)


def concerned(country: str, seat: str) -> tuple[str, ...]:
    """The countries whose law counts: both, or all when one is unknown."""
    if country not in COUNTRIES or seat not in COUNTRIES:
        return COUNTRIES
    return tuple(sorted({country, seat}))


def stricter(one: Rule, other: Rule) -> Rule:
    """The higher demand, both sets of conditions, the longer proof."""
    soft = None if one.soft is None or other.soft is None else one.soft | other.soft
    laws = dict.fromkeys(part for law in (one.law, other.law) for part in law.split("; ") if part)
    return Rule(
        max(one.demand, other.demand), soft, one.ecg or other.ecg, max(one.keep_years, other.keep_years),
        "; ".join(laws),
    )  # fmt: skip


def _fits(own: OwnRule, country: str, channel: str, to: str) -> bool:
    return own.country in ("*", country) and own.channel in ("*", channel) and own.to in ("*", to)


def _own(rule: Rule, own: OwnRule) -> Rule:
    """Stricter at once; laxer with a written reason only, and never a soft opt-in where the law has none."""
    if own.demand is not None and (own.demand > rule.demand or own.reason.strip()):
        rule = replace(rule, demand=own.demand)
    return replace(rule, soft=None) if own.soft is False else rule
