"""Write what is foreseen to people: percent, or nothing. The one place that writes these columns."""

from __future__ import annotations

from django.db import connection

CHANCES = {"sql": "chance_sql", "won": "chance_won"}
_ROWS = 2000
_SQL = """
WITH new(id, percent) AS (VALUES {rows})
UPDATE crm_person SET {column} = CAST(new.percent AS smallint) FROM new WHERE crm_person.id = new.id
"""


def set_chances(outcome: str, percent: dict[int, int | None]) -> None:
    """Give these people these chances of an outcome, in one statement for 2,000 of them. Call inside `writing()`."""
    items, column = sorted(percent.items()), CHANCES[outcome]
    with connection.cursor() as cursor:
        for start in range(0, len(items), _ROWS):
            rows = ",".join(
                f"({int(p)},{'NULL' if value is None else int(value)})" for p, value in items[start : start + _ROWS]
            )
            cursor.execute(_SQL.format(rows=rows, column=column))
