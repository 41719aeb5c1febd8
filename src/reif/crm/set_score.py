"""Write where people stand in scoring models, and what companies get from it. The one place that writes a score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from reif.crm.models import Company, Person, Standing
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
_PERSON = """UPDATE crm_person SET score = new.score, fit = new.fit, engagement = new.engagement, grade = new.grade,
    excluded = new.excluded
FROM ({source}) AS new WHERE crm_person.id = new.person_id"""
_FROM_POSTGRESQL = "SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::text[], %s::text[])" + (
    " AS n(person_id, score, fit, engagement, grade, excluded)"
)
_FROM_SQLITE = """SELECT value ->> 0 AS person_id, value ->> 1 AS score, value ->> 2 AS fit, value ->> 3 AS engagement,
    value ->> 4 AS grade, value ->> 5 AS excluded FROM json_each(%s)"""
_ALL = """SELECT person_id, score, fit, engagement, grade, excluded FROM crm_standing WHERE build = 0 AND model = %s"""
_ROWS = 5000


def set_places(places: Sequence[Place], main: str, build: int = 0) -> None:
    """Write where these people stand; for the main model of what counts, on the people too. Call inside `writing()`."""
    for i in range(0, len(places), _ROWS):
        part = places[i : i + _ROWS]
        _upsert(part, build)
        if not build and (mine := [p for p in part if p.model == main]):
            _on_people([(p.person, p.score, p.fit, p.engagement, p.grade, p.excluded) for p in mine])


def put_in_force(build: int, main: str, was: int) -> None:
    """What was prepared under this number counts from now on, for everybody at once; what counted has the number `was`."""
    Standing.objects.filter(build=0).update(build=was)
    Standing.objects.filter(build=build).update(build=0)
    _clear(main)
    with connection.cursor() as cursor:
        cursor.execute(_PERSON.format(source=_ALL), [main])


def reset_scores() -> None:
    """Nobody stands anywhere; the first step of a rebuild."""
    Standing.objects.filter(build=0).delete()
    _clear("")


def set_company_scores(scores: dict[int, int]) -> dict[int, int]:
    """Give companies these scores; returns the earlier ones of those that changed."""
    found = [c for c in Company.objects.filter(id__in=scores).only("id", "score") if c.score != scores[c.id]]
    before = {c.id: c.score for c in found}
    for company in found:
        company.score = scores[company.id]
    rewrite(found, ["score"])
    return before


def _clear(main: str) -> None:
    """Nought for everybody who stands nowhere in the main model."""
    there = Standing.objects.filter(build=0, model=main).values("person_id")
    scored = Person.objects.exclude(fit=0, engagement=0, score=0, grade="", excluded="").exclude(id__in=there)
    scored.update(fit=0, engagement=0, score=0, grade="", excluded="")


def _upsert(places: Sequence[Place], build: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [build, *arrays(places)])
        else:
            cursor.execute(_SQLITE, [build, json.dumps([(*p[:10], _utc(p.due)) for p in places])])


def _on_people(rows: list[tuple[int, int, int, int, str, str]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PERSON.format(source=_FROM_POSTGRESQL), arrays(rows))
        else:
            cursor.execute(_PERSON.format(source=_FROM_SQLITE), [json.dumps(rows)])


def _utc(moment: datetime | None) -> str | None:
    """As Django stores it in SQLite."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if moment else None
