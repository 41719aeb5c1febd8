"""Move people along the ladder of stages. The one place that writes a person's stage.

Says person.staged. Forward only, unless it is a recycle with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reif.crm.models import STAGES, Person, StageSpell
from reif.crm.reached import reach
from reif.crm.sourced import climb
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonStaged
from reif.log.fact import Cause
from reif.log.rewrite import rewrite

_RUNG = {stage: rung for rung, stage in enumerate(STAGES)} | {"": -1}


class RecycleNeedsReason(ValueError):
    """Somebody is moved back on the ladder without a reason."""


@dataclass(frozen=True)
class Move:
    """One person to one stage. back: a recycle, which may go down the ladder and needs a reason."""

    person: int
    to: str
    reason: str = ""
    rule: str = ""
    revision: int = 0
    cause: Cause = None
    actor: int | None = None
    at: datetime | None = None
    back: bool = False


def move_stage(moves: Iterable[Move]) -> list[Move]:
    """Carry out the moves that go forward (or are recycles); returns those. A person's last move in a batch wins."""
    wanted = {m.person: m for m in moves}
    if any(m.back and not m.reason for m in wanted.values()):
        raise RecycleNeedsReason
    with writing():
        people = {p.id: p for p in Person.objects.filter(id__in=wanted).select_for_update().only("stage", "source")}
        real = [m for m in wanted.values() if m.person in people and _moves(people[m.person].stage, m)]
        if real:
            _write(real, people)
    return real


def _moves(stage: str, move: Move) -> bool:
    return move.to != stage and (move.back or _RUNG[move.to] > _RUNG[stage])


def _write(moves: list[Move], people: dict[int, Person]) -> None:
    moment = now()
    facts, spells, changed = [], [], []
    past = list(StageSpell.objects.filter(person__in=[m.person for m in moves]))
    earlier = _earlier_seconds(past)
    for m in moves:
        person = people[m.person]
        at = m.at or moment
        facts.append(_fact(m, person.stage, at))
        spells.append(_spell(m, person.stage, at, earlier.get((m.person, m.to), 0)))
        person.stage, person.stage_at = m.to, at
        changed.append(person)
    reach({p.pk: p.source for p in changed}, past, spells)
    _close_open(past, {m.person: m.at or moment for m in moves})
    StageSpell.objects.bulk_create(spells, batch_size=1000)
    rewrite(changed, ["stage", "stage_at"])
    climb((m.person, m.to) for m in moves)
    append(*facts)


def _spell(move: Move, came_from: str, at: datetime, earlier: int) -> StageSpell:
    return StageSpell(
        person_id=move.person, stage=move.to, came_from=came_from, entered_at=at, reason=move.reason[:64],
        recycled=move.back, earlier_seconds=earlier,
    )  # fmt: skip


def _fact(move: Move, came_from: str, at: datetime) -> PersonStaged:
    return PersonStaged(
        person=move.person, topic=move.to, came_from=came_from, reason=move.reason, recycled=move.back, rule=move.rule,
        revision=move.revision, cause=move.cause, actor=move.actor, at=at,
    )  # fmt: skip


def _close_open(past: list[StageSpell], left: dict[int, datetime]) -> None:
    spells = [spell for spell in past if spell.left_at is None]
    for spell in spells:
        spell.left_at = max(left[spell.person_id], spell.entered_at)
    rewrite(spells, ["left_at"])


def _earlier_seconds(past: list[StageSpell]) -> dict[tuple[int, str], int]:
    """Seconds that each person has spent in each stage so far, the open stay not counted."""
    spent: dict[tuple[int, str], int] = {}
    for spell in past:
        stay = (spell.left_at - spell.entered_at).total_seconds() if spell.left_at else 0
        spent[spell.person_id, spell.stage] = spent.get((spell.person_id, spell.stage), 0) + int(stay)
    return spent
