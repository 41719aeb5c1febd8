"""The funnel of Olist as history: 8,000 leads of a Brazilian marketplace, 842 of whom became sellers.

Each lead's first contact is a `lead.received` whose topic is its origin (a first visit to the landing page of the same moment
comes before it), each closed deal an acceptance by sales and a win.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reif.crm.models import Person
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealWon
from reif.log.catalogue.intake import LeadReceived
from reif.log.catalogue.routing import AssignmentAccepted
from reif.log.catalogue.web import PageViewed
from reif.log.fact import Fact

PLACES = [above / "shared" / "data" / "olist" for above in Path(__file__).resolve().parents]
FOLDER = next((place for place in PLACES if place.is_dir()), PLACES[-1])
HOUR = timedelta(hours=1)


def load(folder: Path) -> int:
    """People and events; returns how many leads there were."""
    leads = _rows(folder / "olist_marketing_qualified_leads_dataset.csv")
    won = {row["mql_id"]: row for row in _rows(folder / "olist_closed_deals_dataset.csv")}
    made = [Person(created_at=_at(row["first_contact_date"]), source=row["origin"][:32]) for row in leads]
    people = Person.objects.bulk_create(made, batch_size=2000)
    with writing():
        for person, row in zip(people, leads, strict=True):
            append(*_facts(person.pk, row, won.get(row["mql_id"])))
    return len(leads)


def _facts(person: int, row: dict[str, str], won: dict[str, str] | None) -> Iterator[Fact]:
    at = _at(row["first_contact_date"])
    yield PageViewed(person=person, topic=f"/lp/{row['landing_page_id'][:8]}", at=at)
    yield LeadReceived(person=person, topic=row["origin"] or "unknown", at=at)
    if won:
        closed = max(_at(won["won_date"]), at + HOUR)
        yield AssignmentAccepted(person=person, at=closed - timedelta(minutes=1))
        yield DealWon(person=person, at=closed)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as read:
        return list(csv.DictReader(read))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
