"""Which deeds and profiles go with winning, with being accepted, and with being sent back; and which rules tell nothing."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from reif.kit.clock import now
from reif.lake.open import open_lake
from reif.playbook.current import current
from reif.qualify.backtest.history import history
from reif.qualify.replay.sums import predicates
from reif.qualify.suggest import marks
from reif.qualify.suggest.association import Finding, findings
from reif.qualify.suggest.drafts import covered, key_of
from reif.qualify.suggest.hints import Hint, Hints, Idle
from reif.qualify.ways import Model
from reif.rules.export import people

if TYPE_CHECKING:
    import duckdb

SHOWN, ENOUGH = 12, 100


def suggest(until: datetime | None = None) -> Hints:
    """From all history until a moment, for the main model in force. Changes nothing."""
    model: Model = current("scoring").main
    with open_lake() as lake:
        people(lake, [*predicates(model), *marks.ASKED])
        history(lake, until or now())
        return hints(lake, model)


def hints(lake: duckdb.DuckDBPyConnection, model: Model) -> Hints:
    """The same on a lake in which `people` and `places` are there."""
    outcome = "won"
    total, hits = marks.counted(lake, outcome)
    if hits < ENOUGH // 4:
        outcome = "accepted"
        total, hits = marks.counted(lake, outcome)
    found = findings([*marks.deeds(lake), *marks.profile(lake)], total, hits)
    rules = findings(marks.earned(lake, model.rules), total, hits)
    earned = {mark.what[0]: n for mark, n, _hits in marks.earned(lake, model.rules)}
    idle = _idle(model, rules, earned, total)
    good = [_hint(f, outcome, 1) for f in found if f.certain and not covered(model, f)]
    sent, back = marks.counted(lake, "rejected")
    refused = findings(marks.profile(lake), sent, back)
    bad = [_hint(f, "rejected", -1) for f in refused if f.certain and f.lift > 1 and not covered(model, f)]
    return Hints(
        total, hits, outcome, len(found) + len(rules) + len(refused), tuple((good + bad)[:SHOWN]), tuple(idle),
        tuple(marks.reasons(lake)[:SHOWN]),
    )  # fmt: skip


def _hint(found: Finding, outcome: str, sign: int) -> Hint:
    """The points grow with the logarithm of the lift, taken from the cautious end of its interval."""
    edge = found.low if found.lift > 1 else found.high
    points = sign * max(-30, min(30, round(10 * math.log2(max(edge, 0.05))))) or sign
    return Hint(found, outcome, points, key_of(found.mark, points))


def _idle(model: Model, tested: list[Finding], earned: dict[str, int], total: int) -> list[Idle]:
    by_rule = {f.mark.what[0]: f for f in tested}
    idle = []
    for rule in model.rules:
        found, change = by_rule.get(rule.key), f"drop:{rule.key}"
        if total >= ENOUGH and not earned[rule.key]:
            idle.append(Idle(rule.key, "never", 0, None, None, None, change))
        elif found and found.people >= ENOUGH:
            against = found.certain and (found.high < 1 if rule.points > 0 else found.low > 1)
            blind = found.low <= 1 <= found.high
            if against or blind:
                why = "against" if against else "blind"
                idle.append(Idle(rule.key, why, found.people, found.lift, found.low, found.high, change))
    return idle
