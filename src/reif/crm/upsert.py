"""Make people and companies, or complete the ones that are there. One address is one person.

Says person.created or person.changed, company.created, company.joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reif.crm.join_company import join_companies
from reif.crm.models import Person
from reif.kit.address import normalise
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged, PersonCreated
from reif.log.rewrite import rewrite

COLUMNS: tuple[str, ...] = (
    "first_name",
    "last_name",
    "phone",
    "job_title",
    "company_name",
    "country",
    "region",
    "city",
)
COLUMNS += ("postal_code", "language", "timezone")
FIRST_ONLY = ("source", "source_detail_1", "source_detail_2", "utm")


@dataclass(frozen=True)
class Draft:
    """What somebody told about a person. Empty text means: not told; it never overwrites."""

    email: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    job_title: str = ""
    company_name: str = ""
    company_domain: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""
    language: str = ""
    timezone: str = ""
    company_size: int | None = None
    industry: str = ""
    source: str = ""
    source_detail_1: str = ""
    source_detail_2: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    traits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Upserted:
    """What became of a draft. changed: names of columns with a new value."""

    person: Person
    created: bool
    changed: tuple[str, ...] = ()


def upsert_people(drafts: Sequence[Draft], via: str = "form", cause: int | None = None, at: datetime | None = None,
                  overwrite: bool = True) -> list[Upserted]:  # fmt: skip
    """One result for each draft, in order. Raises BadAddress for an address that cannot be one.

    overwrite: told values replace those that are there; otherwise they only fill gaps. The source is kept from the
    first time. Two drafts, or two requests at once, with one address make one person: the database holds it.
    """
    moment = at or now()
    addresses = [normalise(draft.email) for draft in drafts]
    with writing():
        people, created = _get_or_make(dict(zip(addresses, drafts, strict=True)), moment)
        results = []
        for address, draft in zip(addresses, drafts, strict=True):
            person = people[address]
            new = address in created
            results.append(Upserted(person, new, _fill(person, draft, overwrite or new)))
            created.discard(address)
        _save([r for r in results if r.changed])
        join_companies([(r.person, d) for r, d in zip(results, drafts, strict=True)], cause, moment)
        for result in results:
            _say(result, via, cause, moment)
    return results


def _get_or_make(drafts: dict[str, Draft], moment: datetime) -> tuple[dict[str, Person], set[str]]:
    known = _by_address(drafts)
    missing = [a for a in drafts if a not in known]
    if not missing:
        return known, set()
    fresh = [Person(email=a, created_at=moment) for a in missing]
    Person.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    found = _by_address(missing)
    return known | found, {a for a in missing if found[a].created_at == moment}


def _by_address(addresses: Any) -> dict[str, Person]:
    addresses = list(addresses)
    found: dict[str, Person] = {}
    for i in range(0, len(addresses), 900):
        rows = Person.objects.select_for_update().filter(email__in=addresses[i : i + 900])
        found |= {str(p.email): p for p in rows}
    return found


def _fill(person: Person, draft: Draft, overwrite: bool) -> tuple[str, ...]:
    changed = []
    for column in COLUMNS:
        told, have = getattr(draft, column), getattr(person, column)
        limit = Person._meta.get_field(column).max_length  # type: ignore[union-attr]
        told = told.strip()[:limit]
        if told and told != have and (overwrite or not have):
            setattr(person, column, told)
            changed.append(column)
    for column in FIRST_ONLY:
        if getattr(draft, column) and not getattr(person, column):
            setattr(person, column, getattr(draft, column))
            changed.append(column)
    traits = draft.traits if overwrite else {k: v for k, v in draft.traits.items() if k not in person.traits}
    if any(person.traits.get(k) != v for k, v in traits.items()):
        person.traits = {**person.traits, **traits}
        changed.append("traits")
    return tuple(changed)


def _save(results: list[Upserted]) -> None:
    rows = list({r.person.id: r.person for r in results}.values())
    folds = [f"{c}_fold" for c in ("first_name", "last_name", "job_title", "company_name", "city")]
    rewrite(rows, [*COLUMNS, *FIRST_ONLY, *folds, "traits"])


def _say(result: Upserted, via: str, cause: int | None, at: datetime) -> None:
    if result.created:
        append(PersonCreated(person=result.person.id, topic=via, source=result.person.source, cause=cause, at=at))
    elif result.changed:
        append(PersonChanged(person=result.person.id, fields=list(result.changed), topic=via, cause=cause, at=at))
