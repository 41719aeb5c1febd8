"""Where some people stand under a model: what their rows are worth now, the grade with its margin, when a point fades next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reif.qualify.publish.pour import moment as stored
from reif.qualify.publish.worths import DAY
from reif.qualify.replay.sums import Slots
from reif.qualify.scoring.engine import Engine
from reif.qualify.ways import Grades, Model
from reif.rules.columns import condition, literal
from reif.rules.predicates import Did

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "person_id, model, fit_cents, engagement_cents, cap_cents, score, fit, engagement, grade, excluded, due, build"
)


def stand(lake: duckdb.DuckDBPyConnection, engine: Engine, moment: datetime, profiles: bool) -> None:
    """Makes `places`. profiles: some model asks who people are, so everybody of whom anything is known counts.

    `earned`, `slow`, `told`, `graded`, `worths` and `lives` have to be there.
    """
    key, grades = literal(engine.model.key), engine.model.grades
    grade = f"CASE WHEN excluded <> '' THEN '' ELSE {_grade(grades)} END" if grades else "''"
    points = ", ".join(f"CASE WHEN excluded <> '' THEN 0 ELSE {_whole(cents)} END" for cents in (
        "fit + engagement", "fit", "engagement"))  # fmt: skip
    lake.execute(
        f"""CREATE TABLE places AS SELECT person, {key} AS model, fit, engagement, cap, {points},
  {grade} AS grade, excluded, {stored("due")} AS due FROM ({_sums(engine.model, moment, profiles)})
WHERE fit <> 0 OR engagement <> 0 OR cap <> 0 OR excluded <> '' OR due IS NOT NULL{" OR true" if grades else ""}""",
    )


def _sums(model: Model, moment: datetime, profiles: bool) -> str:
    """SQL of person, fit, engagement, cap, excluded, grade so far, due: of everybody who has rows, or is known."""
    at, slots = literal(moment), Slots(model)
    age = f'least(l.life, greatest(0, epoch_us({at}) - epoch_us(r."at")) // {DAY})'
    earned = f"""SELECT r.person, {slots.sums("w.cents", "w.slot")},
    min(CASE WHEN w.next > 0 THEN r."at" + to_days(w.next::INTEGER) END) AS due
  FROM (SELECT person, rule, "at" FROM earned UNION ALL
    SELECT person, rule, (given::TIMESTAMPTZ AT TIME ZONE 'UTC') AS "at" FROM slow) r
  JOIN lives l ON l.rule = r.rule JOIN worths w ON w.rule = r.rule AND w.age = {age} GROUP BY r.person"""
    known = "p.seen IS NOT NULL" if profiles else "false"
    return f"""SELECT p.id AS person, {slots.total("fit")}::BIGINT AS fit, {slots.total("engagement")}::BIGINT AS engagement,
  {slots.cut()}::BIGINT AS cap, {_excluded(model)} AS excluded, COALESCE(g.grade, '') AS so_far, e.due
FROM (SELECT p.*{_profile(slots)} FROM (SELECT p.*, k."at" AS seen FROM people p LEFT JOIN told k ON k.person = p.id) p) p
LEFT JOIN ({earned}) e ON e.person = p.id LEFT JOIN graded g ON g.person = p.id
WHERE e.person IS NOT NULL OR {known}"""


def _profile(slots: Slots) -> str:
    """What each fit rule gives, by slot: nothing before anything is known of somebody."""
    given: dict[str, list[str]] = {name: [] for name in slots.names()}
    for one in slots.model.fit:
        holds = condition(one.when, "p.seen", _never)
        cents = f"CASE WHEN p.seen IS NOT NULL AND {holds} THEN {one.points * 100} ELSE 0 END"
        given[slots.of(one.group, "fit", one.points)].append(cents)
    return "".join(f", {' + '.join(parts) or '0'} AS f_{name}" for name, parts in given.items())


def _excluded(model: Model) -> str:
    cases = " ".join(
        f"WHEN p.seen IS NOT NULL AND {condition(one.when, 'p.seen', _never)} THEN {literal(one.key)}"
        for one in model.exclude
    )
    return f"CASE {cases} ELSE '' END" if cases else "''"


def _grade(grades: Grades) -> str:
    letter = _rank("fit", grades.fit, grades.margin, "strpos('ABCD', so_far[1]) - 1")
    digit = _rank("engagement", grades.engagement, grades.margin, "strpos('1234', so_far[2]) - 1")
    return f"substr('ABCD', {letter} + 1, 1) || substr('1234', {digit} + 1, 1)"


def _rank(cents: str, steps: tuple[int, ...], margin: int, before: str) -> str:
    """0 is the best: between what the sum says, and what it says with the margin, as near to the one before as may be."""
    now, kept = (" + ".join(f"({cents} < {(step - m) * 100})::INT" for step in steps) or "0" for m in (0, margin))
    return f"CASE WHEN so_far = '' THEN ({now}) ELSE least({now}, greatest({kept}, {before})) END"


def _whole(cents: str) -> str:
    """Points of cents, rounded half up."""
    return f"floor(({cents} + 50) / 100)::INTEGER"


def _never(leaf: Did) -> str:
    raise AssertionError(leaf)
