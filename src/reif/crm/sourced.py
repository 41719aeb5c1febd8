"""People laid out by the source of each of their four touches, so that a page counts a hundred thousand at once.

Written in the transaction that changes a touch or a stage. `reif rebuild touches` and `reif rebuild stages` make it anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from reif.crm.models import TURNS, Origin, Sourced, StageSpell, Touch
from reif.log.among import among
from reif.log.arrays import arrays

RUNGS = {"lead": 1, "mql": 2, "sal": 2, "sql": 3, "opportunity": 4, "customer": 5, "evangelist": 5}
_INTO = "INSERT INTO crm_sourced (person_id, turn, at, source, detail_1, detail_2, rung) SELECT "
_POSTGRESQL = _INTO + (
    "* FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::int[])"
)
_SQLITE = _INTO + ", ".join(f"value ->> {n}" for n in range(7)) + " FROM json_each(%s)"
_AT_ONCE = 5000


def lay_out(people: Collection[int]) -> None:
    """Their touches are others now. Call inside `writing()`. Asked by ids alone, which goes by the index on any engine."""
    ids = list(people)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        Sourced.objects.filter(among("person", part)).delete()
        if rows := _rows(part):
            _write(rows)


def lay_out_all() -> None:
    """Everybody anew."""
    Sourced.objects.all().delete()
    lay_out(list(Origin.objects.order_by("person_id").values_list("person_id", flat=True)))


def climb(reached: Iterable[tuple[int, str]]) -> None:
    """These people reached these stages; whoever was further before stays there."""
    by_rung: dict[int, set[int]] = {}
    for person, stage in reached:
        if rung := RUNGS.get(stage):
            by_rung.setdefault(rung, set()).add(person)
    for rung, people in by_rung.items():
        Sourced.objects.filter(among("person", people), rung__lt=rung).update(rung=rung)


def _rows(people: list[int]) -> list[tuple[Any, ...]]:
    turns = [f"{turn}_id" for turn in TURNS]
    living = Origin.objects.filter(among("person", people), person__erased_at=None)
    origins = list(living.values_list("person_id", *turns))
    wanted = {touch for _person, *touches in origins for touch in touches if touch}
    told = ("at", "source", "detail_1", "detail_2")
    found = {t: rest for t, *rest in Touch.objects.filter(among("id", wanted)).order_by().values_list("id", *told)}
    rung: dict[int, int] = {}
    for person, stage in (
        StageSpell.objects.filter(among("person", people)).order_by().values_list("person_id", "stage")
    ):
        rung[person] = max(rung.get(person, 0), RUNGS.get(stage, 0))
    return [
        (person, turn, *found[touch], rung.get(person, 0))
        for person, *touches in origins
        for turn, touch in zip(TURNS, touches, strict=True)
        if touch in found
    ]


def _write(rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, arrays(rows))
        else:
            moment = connection.ops.adapt_datetimefield_value
            cursor.execute(_SQLITE, [json.dumps([(*r[:2], moment(r[2]), *r[3:]) for r in rows])])
