"""Write where people stand in scoring models, and what companies get from it. The one place that writes a score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from reif.crm.change_places import MIRROR, NEXT, NOW
from reif.crm.models import Company, Counting, Person, Standing
from reif.log.arrays import arrays
from reif.log.rewrite import rewrite


class Place(NamedTuple):
    """Where somebody stands: cents and whole points, the grade, who leaves the person out, when a point fades next."""

    person: int
    model: str
    fit_cents: int = 0
    engagement_cents: int = 0
    cap_cents: int = 0
    score: int = 0
    fit: int = 0
    engagement: int = 0
    grade: str = ""
    excluded: str = ""
    due: datetime | None = None


_COLUMNS = "model, fit_cents, engagement_cents, cap_cents, score, fit, engagement, grade, excluded, due"
_SET = ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS.split(", ")[1:])
_UPSERT = f"ON CONFLICT (person_id, model, build) DO UPDATE SET {_SET}"
_POSTGRESQL = f"""INSERT INTO crm_standing (person_id, {_COLUMNS}, build)
SELECT *, %s FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[],
    %s::text[], %s::text[], %s::timestamptz[]) {_UPSERT}"""
_EACH = ", ".join(f"value ->> {n}" for n in range(11))
_SQLITE = f"""INSERT INTO crm_standing (person_id, {_COLUMNS}, build)
SELECT {_EACH}, %s FROM json_each(%s) WHERE true {_UPSERT}"""
_PERSON = {
    slot: f"UPDATE crm_person SET {', '.join(f'{slot}{c} = new.{c}' for c in MIRROR)}"
    " FROM ({source}) AS new WHERE crm_person.id = new.person_id"
    for slot in (NOW, NEXT)
}
_FROM_POSTGRESQL = "SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::text[], %s::text[])" + (
    " AS n(person_id, score, fit, engagement, grade, excluded)"
)
_FROM_SQLITE = """SELECT value ->> 0 AS person_id, value ->> 1 AS score, value ->> 2 AS fit, value ->> 3 AS engagement,
    value ->> 4 AS grade, value ->> 5 AS excluded FROM json_each(%s)"""
_THEIRS = ", ".join(f"COALESCE(n.{c}, {'0' if c in MIRROR[:3] else repr('')}) AS {c}" for c in MIRROR)
_PREPARED = f"""SELECT p.id AS person_id, {_THEIRS} FROM crm_person p
LEFT JOIN crm_standing n ON n.person_id = p.id AND n.build = %s AND n.model = %s WHERE p.id > %s AND p.id <= %s"""
_ANOTHER = f" AND ({', '.join(NEXT + c for c in MIRROR)}) <> ({', '.join(f'new.{c}' for c in MIRROR)})"
_ELSEWHERE = f"""SELECT COUNT(*) FROM crm_person
WHERE id > %s AND id <= %s AND ({", ".join(MIRROR)}) <> ({", ".join(NEXT + c for c in MIRROR)})"""
_ROWS = 5000


def set_places(places: Sequence[Place], build: int, main: str = "", slot: str = NOW) -> None:
    """Write where these people stand; of the main model, on the people too: NOW, or for the NEXT scoring. In `writing()`."""
    for i in range(0, len(places), _ROWS):
        part = places[i : i + _ROWS]
        _upsert(part, build)
        if mine := [p for p in part if p.model == main]:
            _on_people([(p.person, p.score, p.fit, p.engagement, p.grade, p.excluded) for p in mine], slot)


def prepare(build: int, main: str, after: int, last: int) -> int:
    """Have these people, above `after` up to `last`, carry what will count for them, as their places in a build say.

    Returns how many of them stand elsewhere by that.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PERSON[NEXT].format(source=_PREPARED) + _ANOTHER, [build, main, after, last])
        cursor.execute(_ELSEWHERE, [after, last])
        return int(cursor.fetchone()[0])


def let_count(build: int) -> None:
    """The places of this build count from now on. What people carry is changed by `change_places`."""
    Counting.objects.update_or_create(pk=1, defaults={"build": build})


def drop_places(build: int, after: int, last: int) -> None:
    """Where these people stood in a build that does not count; by their index, where one of the build would be longer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM crm_standing WHERE person_id > %s AND person_id <= %s AND +build = %s", [after, last, build]
        )


def reset_scores() -> None:
    """Nobody stands anywhere; the first step of a rebuild."""
    Standing.objects.counting().delete()
    scored = Person.objects.exclude(fit=0, engagement=0, score=0, grade="", excluded="")
    scored.update(fit=0, engagement=0, score=0, grade="", excluded="")


def set_company_scores(scores: dict[int, int]) -> dict[int, int]:
    """Give companies these scores; returns the earlier ones of those that changed."""
    found = [c for c in Company.objects.filter(id__in=scores).only("id", "score") if c.score != scores[c.id]]
    before = {c.id: c.score for c in found}
    for company in found:
        company.score = scores[company.id]
    rewrite(found, ["score"])
    return before


def _upsert(places: Sequence[Place], build: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [build, *arrays(places)])
        else:
            cursor.execute(_SQLITE, [build, json.dumps([(*p[:10], _utc(p.due)) for p in places])])


def _on_people(rows: list[tuple[int, int, int, int, str, str]], slot: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PERSON[slot].format(source=_FROM_POSTGRESQL), arrays(rows))
        else:
            cursor.execute(_PERSON[slot].format(source=_FROM_SQLITE), [json.dumps(rows)])


def _utc(moment: datetime | None) -> str | None:
    """As Django stores it in SQLite."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if moment else None
