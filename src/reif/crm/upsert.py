"""Make people and companies, or complete the ones that are there. One address is one person.

Says person.created or person.changed, company.created, company.joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reif.crm.join_company import join_companies
from reif.crm.models import Person
from reif.crm.told import COLUMNS, FIRST_ONLY, FOLDED, Draft, Told, came_of, differences, told
from reif.kit.address import normalise
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged, PersonCreated
from reif.log.rewrite import rewrite

__all__ = ["Draft", "Upserted", "upsert_people"]


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
    new = [told(draft, normalise(draft.email)) for draft in drafts]
    with writing():
        people, created = _get_or_make([one.email for one in new], moment)
        results = []
        for one in new:
            person, first = people[one.email], one.email in created
            results.append(Upserted(person, first, _fill(person, one, overwrite or first)))
            created.discard(one.email)
        _save([r for r in results if r.changed])
        join_companies([(r.person, one) for r, one in zip(results, new, strict=True)], cause, moment)
        for result in results:
            _say(result, via, cause, moment)
    return results


def _get_or_make(addresses: list[str], moment: datetime) -> tuple[dict[str, Person], set[str]]:
    known = _by_address(addresses)
    missing = [a for a in dict.fromkeys(addresses) if a not in known]
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


def _fill(person: Person, new: Told, overwrite: bool) -> tuple[str, ...]:
    changed = differences(vars(person), new, overwrite)
    for column, value in changed.items():
        setattr(person, column, value)
    return tuple(changed)


def _save(results: list[Upserted]) -> None:
    rows = list({r.person.id: r.person for r in results}.values())
    folds = [f"{c}_fold" for c in FOLDED]
    rewrite(rows, [*COLUMNS, *FIRST_ONLY, *folds, "traits"])


def _say(result: Upserted, via: str, cause: int | None, at: datetime) -> None:
    if result.created:
        person = result.person
        came = came_of(person.source_detail_1, person.source_detail_2, person.utm)
        append(PersonCreated(person=person.id, topic=via, source=person.source, came=came, cause=cause, at=at))
    elif result.changed:
        append(PersonChanged(person=result.person.id, fields=list(result.changed), topic=via, cause=cause, at=at))
