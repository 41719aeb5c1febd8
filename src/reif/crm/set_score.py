"""Write the sums of the point ledger to people. The one place that writes a score."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from reif.crm.models import Person


@dataclass(frozen=True)
class Sums:
    """Points by axis; the score is their sum."""

    fit: int = 0
    engagement: int = 0

    @property
    def score(self) -> int:
        return self.fit + self.engagement


_SQL = """
UPDATE crm_person SET fit = new.fit, engagement = new.engagement, score = new.fit + new.engagement
FROM (VALUES {rows}) AS new(id, fit, engagement) WHERE crm_person.id = new.id
"""
_SQLITE = """
WITH new(id, fit, engagement) AS (VALUES {rows})
UPDATE crm_person SET fit = new.fit, engagement = new.engagement, score = new.fit + new.engagement
FROM new WHERE crm_person.id = new.id
"""
_ROWS = 2000


def set_scores(sums: dict[int, Sums]) -> None:
    """Give these people these sums, in one statement for 2,000 of them. Call inside `writing()`."""
    items = list(sums.items())
    template = _SQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for i in range(0, len(items), _ROWS):
            rows = ",".join(f"({int(p)},{int(s.fit)},{int(s.engagement)})" for p, s in items[i : i + _ROWS])
            cursor.execute(template.format(rows=rows))


_ADD = """
WITH more(id, fit, engagement) AS (VALUES {rows})
UPDATE crm_person SET fit = crm_person.fit + more.fit, engagement = crm_person.engagement + more.engagement,
    score = crm_person.score + more.fit + more.engagement
FROM more WHERE crm_person.id = more.id
RETURNING crm_person.id, crm_person.fit, crm_person.engagement
"""


def add_scores(more: dict[int, Sums]) -> dict[int, Sums]:
    """Add these points to these people's sums and return the new sums; relative, so two writers lose nothing."""
    items = sorted(more.items())
    sums: dict[int, Sums] = {}
    with connection.cursor() as cursor:
        for i in range(0, len(items), _ROWS):
            rows = ",".join(f"({int(p)},{int(s.fit)},{int(s.engagement)})" for p, s in items[i : i + _ROWS])
            cursor.execute(_ADD.format(rows=rows))
            sums |= {person: Sums(fit, engagement) for person, fit, engagement in cursor.fetchall()}
    return sums


def reset_scores() -> None:
    """Every score is nought; the first step of a rebuild."""
    Person.objects.exclude(fit=0, engagement=0, score=0).update(fit=0, engagement=0, score=0)
