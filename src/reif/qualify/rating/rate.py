"""Rate the data of people: how complete, how good. Rows in, ratings out; only what changed is written.

Says data.rated of those whose rating reads differently to a condition of the playbook now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from reif.crm.models import Person
from reif.crm.set_data import Rating, set_data
from reif.kit.clock import now
from reif.log.among import among
from reif.log.append import append
from reif.log.catalogue.imports import PersonImported
from reif.log.catalogue.people import ConsentGiven, PersonChanged, PersonCreated
from reif.log.catalogue.qualification import DataRated
from reif.log.catalogue.web import FormSubmitted
from reif.log.fact import kind_of
from reif.log.models import Event as Stored
from reif.playbook.current import current
from reif.qualify.rating.asked import reads_differently
from reif.qualify.rating.flaws import flaws
from reif.qualify.rating.ways import Data
from reif.rules.fields import FIELDS
from reif.rules.record import stored_column

GUESSED = "visit"
"""The topic of a change that nobody told: where somebody’s browser is."""
CONFIRMS = tuple(kind_of(fact) for fact in (PersonCreated, PersonChanged, PersonImported, ConsentGiven, FormSubmitted))
"""What people do, or somebody of staff does for them, that says that the data are as they are now."""
_READ = (
    "email", "phone", "first_name", "last_name", "country", "job_title", "department", "level", "company__name",
    "company__domain", "completeness", "quality", "flaws", "told_at", "created_at",
)  # fmt: skip
Row = dict[str, Any]


def rate(people: Iterable[int], told: Mapping[int, datetime], because: Mapping[int, int | None]) -> int:
    """told: when somebody told or confirmed anything just now. Returns how many ratings changed; four queries for 5,000."""
    data: Data = current("data")
    rows = rows_of(people, data)
    when = told_at(rows, told)
    moment, new = now(), []
    for row in rows:
        row["told_at"], before = when[row["id"]], Rating(row["completeness"], row["quality"], frozenset(row["flaws"].split()), row["told_at"])  # fmt: skip
        if (rating := rated(row, data, moment)) != before:
            new.append((row["id"], before, rating))
    set_data((person, rating) for person, _before, rating in new)
    append(
        *(
            DataRated(
                person=person, completeness=r.completeness or 0, quality=r.quality or 0, cause=because.get(person)
            )
            for person, before, r in new
            if reads_differently(_values(before), _values(r), moment)
        )
    )
    return len(new)


def rows_of(people: Iterable[int], data: Data) -> list[Row]:
    """What is known of these, by column."""
    columns = dict.fromkeys(("id", *_READ, *(stored_column(FIELDS[name]) for name in data.needs)))
    return list(Person.objects.living().filter(among("id", people)).order_by("id").values(*columns))


def rated(row: Row, data: Data, moment: datetime) -> Rating:
    """The rating of one row."""
    lacking, wrong = missing(row, data), flaws(row, moment, data.fresh_days)
    whole = sum(data.needs.values()) or 1
    there = whole - sum(data.needs[name] for name in lacking)
    quality = max(0, 100 - sum(map(data.cost, wrong)))
    return Rating(round(100 * there / whole), quality, wrong, row["told_at"])


def missing(row: Row, data: Data) -> list[str]:
    """The fields that are needed and not there, the weightiest first. A company's own name counts for what was said."""
    there = {name for name in data.needs if row[stored_column(FIELDS[name])] not in (None, "")}
    if row["company__name"]:
        there.add("company_name")
    return sorted((name for name in data.needs if name not in there), key=lambda name: -data.needs[name])


def told_at(rows: list[Row], told: Mapping[int, datetime]) -> dict[int, datetime]:
    """When each last told or confirmed anything: just now, as it is known, or as the log says."""
    found = {row["id"]: max(filter(None, (row["told_at"], told.get(row["id"]))), default=None) for row in rows}
    if unknown := [person for person, at in found.items() if at is None]:
        past = (
            Stored.objects.filter(among("person_id", unknown), kind__in=CONFIRMS)
            .exclude(topic=GUESSED)
            .order_by()
            .values("person_id")
        )
        found |= {row["person_id"]: row["last"] for row in past.annotate(last=Max("at"))}
    return {row["id"]: found[row["id"]] or row["created_at"] for row in rows}


def _values(rating: Rating) -> dict[str, Any]:
    return {
        "completeness": rating.completeness, "quality": rating.quality, "flaw": rating.flaws, "told_at": rating.told_at,
    }  # fmt: skip
