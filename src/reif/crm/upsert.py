"""Make people and companies, or complete the ones that are there. One address is one person.

Says person.created or person.changed, company.created, company.joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from reif.crm.join_company import companies_told
from reif.crm.models import Company, Person
from reif.crm.reached import name_sources
from reif.crm.told import COLUMNS, FIRST_ONLY, FOLDED, JOB, Draft, Told, came_of, differences, told
from reif.kit.address import normalise
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import CompanyJoined, PersonChanged, PersonCreated
from reif.log.rewrite import rewrite

__all__ = ["Draft", "Upserted", "upsert_people"]
_TRIES = 3


@dataclass(frozen=True)
class Upserted:
    """What became of a draft. changed: names of columns with a new value. joined: whether a company was found for them."""

    person: Person
    created: bool
    changed: tuple[str, ...] = ()
    joined: bool = False


def upsert_people(drafts: Sequence[Draft], via: str = "form", cause: int | None = None, at: datetime | None = None,
                  overwrite: bool = True) -> list[Upserted]:  # fmt: skip
    """One result for each draft, in order. Raises BadAddress for an address that cannot be one.

    overwrite: told values replace those that are there; otherwise they only fill gaps. The source is kept from the
    first time. Two drafts, or two requests at once, with one address make one person: the database holds it.
    """
    moment = at or now()
    new = [told(draft, normalise(draft.email)) for draft in drafts]
    with writing():
        companies = companies_told(new, cause, moment)
        results = _take(new, companies, overwrite, moment)
        append(
            *(
                CompanyJoined(person=p.id, company=p.company_id, topic="domain", cause=cause, at=moment)
                for p in {r.person.id: r.person for r in results if r.joined}.values()
            )
        )
        for result in results:
            _say(result, via, cause, moment)
    return results


def _take(new: list[Told], companies: dict[str, Company], overwrite: bool, moment: datetime) -> list[Upserted]:
    """On PostgreSQL somebody else may make one of these people while we do: then the database refuses, and we look again."""
    for _try in range(_TRIES - 1):
        try:
            with transaction.atomic(savepoint=connection.vendor == "postgresql"):
                return _once(new, companies, overwrite, moment)
        except IntegrityError:
            continue
    return _once(new, companies, overwrite, moment)


def _once(new: list[Told], companies: dict[str, Company], overwrite: bool, moment: datetime) -> list[Upserted]:
    people = _by_address({one.email for one in new})
    fresh = {one.email: Person(email=one.email, created_at=moment) for one in new if one.email not in people}
    met: set[str] = set()
    results = []
    for one in new:
        person = people.get(one.email) or fresh[one.email]
        first = one.email in fresh and one.email not in met
        met.add(one.email)
        joined = _join(person, companies.get(one.email))
        results.append(Upserted(person, first, _fill(person, one, overwrite or first), joined))
    Person.objects.bulk_create(fresh.values(), batch_size=1000)
    _save([r for r in results if (r.changed or r.joined) and r.person.email not in fresh])
    return results


def _join(person: Person, company: Company | None) -> bool:
    if company is None or person.company_id is not None:
        return False
    person.company = company
    return True


def _by_address(addresses: Any) -> dict[str, Person]:
    addresses = list(addresses)
    found: dict[str, Person] = {}
    for i in range(0, len(addresses), 900):
        rows = Person.objects.select_for_update().filter(email__in=addresses[i : i + 900])
        found |= {str(p.email): p for p in rows}
    return found


def _fill(person: Person, new: Told, overwrite: bool) -> tuple[str, ...]:
    changed = differences(vars(person), new, overwrite)
    for column, value in changed.items():
        setattr(person, column, value)
    return tuple(changed)


def _save(results: list[Upserted]) -> None:
    rows = list({r.person.id: r.person for r in results}.values())
    folds = [*(f"{c}_fold" for c in FOLDED), *JOB]
    rewrite(rows, [*COLUMNS, *FIRST_ONLY, *folds, "traits", "company"])
    name_sources({r.person.id: r.person.source for r in results if "source" in r.changed})


def _say(result: Upserted, via: str, cause: int | None, at: datetime) -> None:
    if result.created:
        person = result.person
        came = came_of(person.source_detail_1, person.source_detail_2, person.utm)
        append(PersonCreated(person=person.id, topic=via, source=person.source, came=came, cause=cause, at=at))
    elif result.changed:
        append(PersonChanged(person=result.person.id, fields=list(result.changed), topic=via, cause=cause, at=at))
