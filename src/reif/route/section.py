"""The two files of routing: routing.toml (who gets whom) and slas.toml (how fast they have to answer)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register
from reif.rules.predicates import EVERYBODY, Predicate

Words = dict[str, str]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whom it is for, and who takes them: a team, or people by address. The first rule that fits decides.

    weights: by address; who is not named has the weight of their account. sla: a key of slas.toml, or none.
    """

    key: str
    words: Words = {}
    when: Predicate = EVERYBODY
    team: str = ""
    people: tuple[str, ...] = ()
    pick: Literal["round_robin", "least_busy"] = "round_robin"
    weights: dict[str, int] = {}
    sla: str = ""


class Fallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who takes those whom no rule fits."""

    words: Words = {}
    team: str = ""
    people: tuple[str, ...] = ()
    pick: Literal["round_robin", "least_busy"] = "least_busy"
    weights: dict[str, int] = {}
    sla: str = ""


class Routing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Rules from top to bottom, then the fallback. ownership: who looks after an account gets its people."""

    ownership: bool = True
    ownership_sla: str = ""
    rules: tuple[Rule, ...] = msgspec.field(default=(), name="rule")
    fallback: Fallback | None = None

    def all_rules(self) -> tuple[Rule, ...]:
        """The rules with the fallback as the last one, which fits everybody."""
        if self.fallback is None:
            return self.rules
        last = Rule(key=FALLBACK, **{f: getattr(self.fallback, f) for f in Fallback.__struct_fields__})
        return (*self.rules, last)


class Sla(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A promise: the seller answers within so many working minutes.

    remind_at: percent of the time after which the seller is reminded, 0 for never. escalate: tell the managers when it
    is broken. reroute: give the person to the next seller then, at most `rounds` sellers in all.
    """

    key: str
    minutes: int
    words: Words = {}
    remind_at: int = 50
    escalate: bool = True
    reroute: bool = False
    rounds: int = 3


class Slas(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """All promises."""

    slas: tuple[Sla, ...] = msgspec.field(default=(), name="sla")

    def by_key(self, key: str) -> Sla | None:
        """The promise of this key; None when there is none."""
        return next((sla for sla in self.slas if sla.key == key), None)


FALLBACK = "fallback"
TAKEN = (FALLBACK, "hand")


def check_routing(draft: Draft) -> Iterator[Problem]:
    """Keys once, somebody to choose from in each rule, promises that exist, and no rule that is never reached."""
    routing: Routing = draft["routing"]
    known = {sla.key for sla in draft["slas"].slas}
    seen: Counter[str] = Counter(TAKEN)
    for number, rule in enumerate(routing.rules):
        at = ("rule", number)
        seen[rule.key] += 1
        if seen[rule.key] == 2:
            sentence = _("Two rules are called “%(key)s”, or the word has a meaning already.") % {"key": rule.key}
            yield draft.problem("routing", (*at, "key"), sentence, _("Give the rule another key."))
        if rule.when == EVERYBODY and number < len(routing.rules) - 1:
            sentence = _("The rule “%(key)s” fits everybody, so the rules below are never reached.") % {"key": rule.key}
            yield draft.problem("routing", at, sentence, _("Add “when”, or make it the fallback."))
        yield from _takers(draft, rule, at, known)
    if routing.fallback:
        yield from _takers(draft, routing.fallback, ("fallback",), known)
    if routing.ownership_sla and routing.ownership_sla not in known:
        yield _no_sla(draft, routing.ownership_sla, ("ownership_sla",), known)


def _takers(draft: Draft, rule: Rule | Fallback, at: tuple[str | int, ...], known: set[str]) -> Iterator[Problem]:
    if bool(rule.team) == bool(rule.people):
        yield draft.problem("routing", at, _("Nobody can be chosen here."), _("Name a team, or people, not both."))
    if rule.people and (strange := set(rule.weights) - set(rule.people)):
        sentence = _("%(people)s has a weight but does not belong to the rule.") % {"people": ", ".join(strange)}
        yield draft.problem("routing", (*at, "weights"), sentence, _("Add them to “people”, or take the weight out."))
    if any(weight < 0 for weight in rule.weights.values()):
        yield draft.problem("routing", (*at, "weights"), _("A weight is a number from 0."))
    if rule.sla and rule.sla not in known:
        yield _no_sla(draft, rule.sla, (*at, "sla"), known)


def _no_sla(draft: Draft, key: str, at: tuple[str | int, ...], known: set[str]) -> Problem:
    remedy = _("slas.toml knows: %(keys)s.") % {"keys": ", ".join(sorted(known)) or "–"}
    return draft.problem("routing", at, _("There is no SLA “%(key)s”.") % {"key": key}, remedy)


def check_slas(draft: Draft) -> Iterator[Problem]:
    """Keys once, and times that make sense."""
    seen: Counter[str] = Counter()
    for number, sla in enumerate(draft["slas"].slas):
        at = ("sla", number)
        seen[sla.key] += 1
        if seen[sla.key] == 2:
            yield draft.problem("slas", (*at, "key"), _("Two SLAs are called “%(key)s”.") % {"key": sla.key})
        if not 1 <= sla.minutes <= 60 * 24 * 60:
            yield draft.problem("slas", (*at, "minutes"), _("The time is between 1 minute and 1,440 working hours."))
        if not 0 <= sla.remind_at < 100:
            yield draft.problem("slas", (*at, "remind_at"), _("Remind between 1 and 99 percent, or 0 for never."))
        if sla.rounds < 1:
            yield draft.problem("slas", (*at, "rounds"), _("At least one seller has to be asked."))


register(Section("routing", Routing, gettext_lazy("Routing"), check_routing))
register(Section("slas", Slas, gettext_lazy("SLAs"), check_slas))
