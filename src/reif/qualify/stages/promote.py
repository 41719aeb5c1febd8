"""Give MQL and SQL to whoever deserves them now.

Hears everything after which a definition may have become true. Says person.qualified (and person.staged, by crm).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reif.crm.models import STAGES, Person, StageSpell
from reif.crm.move_stage import Move, move_stage
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.qualification import PersonQualified, PersonScored
from reif.log.event import Event
from reif.log.fact import kind_of
from reif.playbook.current import current
from reif.qualify.concerns import Concern, least_score, only_falls, rose
from reif.qualify.scoring.behaviour import KINDS, did_something
from reif.qualify.scoring.in_force import ways
from reif.qualify.ways import Definition, Stages
from reif.rules.sql import where

FADED, SILENCE = "faded", "silence"
BY_ITSELF = (SILENCE, FADED)
"""Reasons of a way back that nobody decided: whoever deserves the stage again gets it at once, after silence with the
first deed."""
RUNGS = {stage: rung for rung, stage in enumerate(STAGES)}
SCORED = kind_of(PersonScored)


def definitions() -> list[tuple[str, Definition]]:
    """The stages that are given by definition, the highest first."""
    stages: Stages = ways().section("stages")
    return list(reversed(stages.given.items()))


def promote(events: list[Event[Any]]) -> None:
    """Whoever deserves a stage and stands below it is moved there, because of the last event that concerns them."""
    ladder = definitions()
    if not ladder:
        return
    enough, main = min(least_score(d.when) for _stage, d in ladder), current("scoring").main.key
    fading = not all(only_falls(d.when) for _stage, d in ladder)  # may make somebody deserve it
    promising = [
        e for e in events
        if e.kind != SCORED or ((e.topic != main or e.fact.score >= enough) and (fading or rose(e)))
    ]  # fmt: skip
    because = Concern(*(d.when for _stage, d in ladder)).touched(promising)
    if any(d.silence_days is not None for _stage, d in ladder):
        because = _awake(events) | because
    there = Person.objects.living().filter(among("id", because)).values_list("id", "stage", "score")
    stands = [(person, RUNGS.get(at, -1), score) for person, at, score in there] if because else []
    done: set[int] = set()
    for stage, definition in ladder:
        rung, least = RUNGS[stage], least_score(definition.when)
        waiting = {person for person, at, score in stands if at < rung and score >= least} - done
        scores = _deserving(stage, definition, among("id", waiting)) if waiting else {}
        done |= _qualify(stage, scores, {person: because[person].id for person in scores})


def promote_these(whom: Q, cause: int) -> None:
    """All of these who deserve a stage and stand below it are moved there."""
    for stage, definition in definitions():
        scores = _deserving(stage, definition, whom)
        _qualify(stage, scores, dict.fromkeys(scores, cause))


def resting(definition: Definition, moment: datetime) -> QuerySet[StageSpell]:
    """The stays of those whom sales sent back, and who are not given the stage again yet."""
    rested = moment - timedelta(days=definition.rest_days)
    return StageSpell.objects.filter(left_at=None, recycled=True, entered_at__gt=rested).exclude(reason__in=BY_ITSELF)


def _deserving(stage: str, definition: Definition, whom: Q) -> dict[int, int]:
    """Scores by person of those who are below the stage, deserve it, and do not rest after a recycle."""
    moment = now()
    below = ["", *STAGES[: STAGES.index(stage)]]
    sent_back = resting(definition, moment).filter(person=OuterRef("pk"))
    people = Person.objects.living().filter(whom, stage__in=below).filter(where(definition.when, moment))
    return dict(people.exclude(Exists(sent_back) | Exists(_asleep())).values_list("id", "score"))


def _asleep() -> QuerySet[StageSpell]:
    """The stays of those who went back by silence, and have not done anything since."""
    since = did_something().filter(person_id=OuterRef("person_id"), at__gt=OuterRef("entered_at"))
    return StageSpell.objects.filter(person=OuterRef("pk"), left_at=None, reason=SILENCE).exclude(Exists(since))


def _awake(events: list[Event[Any]]) -> dict[int, Event[Any]]:
    """Who went back by silence and did something now, by whichever deed."""
    done = {e.person: e for e in events if e.person and e.kind in KINDS and not getattr(e.fact, "machine", False)}
    silent = StageSpell.objects.filter(among("person", done), left_at=None, reason=SILENCE) if done else None
    return {person: done[person] for person in silent.values_list("person_id", flat=True)} if silent else {}


def _qualify(stage: str, scores: dict[int, int], because: dict[int, int]) -> set[int]:
    revision = ways().revision if scores else 0
    moves: Iterable[Move] = [
        Move(person, stage, reason="qualified", rule=stage, revision=revision, cause=because[person])
        for person in scores
    ]
    moved = move_stage(moves) if scores else []
    append(
        *(
            PersonQualified(
                person=m.person, topic=stage, rule=stage, revision=m.revision, score=scores[m.person], cause=m.cause
            )
            for m in moved
        )
    )
    return {m.person for m in moved}
