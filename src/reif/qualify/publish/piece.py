"""A piece of a build: the ledger and the places of some thousand people, from all their history up to an event."""

from __future__ import annotations

from msgspec.structs import replace

from reif.kit.clock import now
from reif.qualify.engine import Engine
from reif.qualify.in_force import Reckoning
from reif.qualify.publish.part import Span, earned_by_hand, grades_so_far, opened
from reif.qualify.publish.places import stand
from reif.qualify.publish.rows import asks_before, earn, enter_earned, enter_profile
from reif.qualify.publish.worths import worths
from reif.qualify.replay.sums import predicates
from reif.qualify.score import TOLD


def reckon(r: Reckoning, span: Span) -> None:
    """Everything but what is told event by event; that has to be in the ledger already. Call it `alone`, once for each."""
    moment, profiles = now(), any(engine.profile for engine in r.engines)
    kinds = frozenset().union(*(engine.kinds for engine in r.engines))
    asked = [predicate for engine in r.engines for predicate in predicates(engine.model)]
    with opened(span, kinds, TOLD, asked) as lake:
        for engine in r.engines:
            slow = {rule.key: n for n, rule in enumerate(engine.model.rules) if asks_before(rule)}
            worths(lake, engine.model)
            grades_so_far(lake, span, engine.model.key)
            earned_by_hand(lake, span, r.number, engine.model.key, slow)
            earn(lake, engine.model)
            enter_earned(lake, engine, r.number)
            enter_profile(lake, engine, r.number)
            stand(lake, engine, r.shown, moment, profiles)


def one_by_one(r: Reckoning) -> Reckoning:
    """Only the rules that are told event by event."""
    models = [(e.revision, replace(e.model, rules=tuple(filter(asks_before, e.model.rules)), fit=(), exclude=()))
              for e in r.engines]  # fmt: skip
    return r._replace(engines=tuple(Engine(model, revision) for revision, model in models if model.rules))
