"""Which of the data needed are there, in per cent, and which are missing: a weight for each."""

from __future__ import annotations

from reif.rules.fields import FIELDS
from reif.rules.predicates import Is, Predicate
from reif.rules.record import Record

NEEDS = {
    "email": 20, "first_name": 5, "last_name": 10, "job_title": 10, "department": 10, "company_name": 10, "country": 10,
    "language": 5, "company.size": 10, "company.industry": 10,
}  # fmt: skip
ASKED: tuple[Predicate, ...] = (*(Is(name, "is set") for name in NEEDS), Is("company.name", "is set"))


def completeness(record: Record) -> int:
    """0 to 100."""
    lacking = missing(record)
    return sum(weight for name, weight in NEEDS.items() if name not in lacking)


def missing(record: Record) -> list[str]:
    """The fields that are not there, the weightiest first. A company's own name counts for what the person said."""
    there = {name for name in NEEDS if record.values[name] is not None}
    if record.values["company.name"] is not None:
        there.add("company_name")
    return sorted((name for name in NEEDS if name not in there), key=lambda name: -NEEDS[name])


def words(names: list[str], language: str) -> list[str]:
    """The fields in words."""
    return [FIELDS[name].words(language) for name in names]
