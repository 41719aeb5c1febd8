"""`upsert_people` for files: thousands of people in a few statements, one fact for each row.

The rules are the same ones (`crm/told.py`); a property test compares what both leave behind. What `upsert_people` says in
person.created, person.changed and company.joined is one person.imported here, so that a million rows are a million facts.

Says person.imported, company.created, company.changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from reif.crm.bulk_rows import State, a_new_person, insert, look_up, rewrite_people, take_turn
from reif.crm.known_companies import KnownCompanies
from reif.crm.told import Told, came_of, differences
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.imports import PersonImported

_TRIES = 5


@dataclass(frozen=True)
class Origin:
    """Where the rows come from. batch: the import's id; topic: its name; actor: who did it."""

    batch: int = 0
    topic: str = ""
    actor: int | None = None


@dataclass(slots=True)
class Taken:
    """What became of a row. before, after: the columns that changed of somebody who was there already."""

    state: State
    created: bool
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    joined: bool = False

    @property
    def person(self) -> int:
        return int(self.state["id"])


def bulk_upsert(rows: Sequence[Told], origin: Origin, *, overwrite: bool = True,
                companies: KnownCompanies | None = None, at: datetime | None = None) -> list[Taken]:  # fmt: skip
    """One result for each row, in order; all of them in one transaction, so give it some thousands at most.

    companies: what an earlier call of the same run learned about companies; make a new one after a failure.
    """
    moment = at or now()
    with writing():
        take_turn()
        work = companies if companies is not None else KnownCompanies()
        domains = {one.email: one.domain for one in rows if one.domain}
        places = work.ids(_told_by_domain(rows, domains), moment)
        work_at = {email: places[domain] for email, domain in domains.items()}
        taken = _take(rows, work_at, overwrite, moment)
        append(*(_fact(one, origin, moment) for one in taken))
    return taken


def _told_by_domain(rows: Sequence[Told], domains: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the rows say about each company; somebody who is there twice belongs to the last domain named."""
    said: dict[str, dict[str, Any]] = {}
    for one in rows:
        if domain := domains.get(one.email):
            if (there := said.get(domain)) is None:
                there = said[domain] = {}
            there.update(one.company)
    return said


def _take(rows: Sequence[Told], work_at: dict[str, int], overwrite: bool, moment: datetime) -> list[Taken]:
    """Somebody else may make one of these people while we do: then the database refuses, and we look again.

    Not on SQLite, where nobody else writes now; there a savepoint would keep every page that is written a second time.
    """
    if connection.vendor == "sqlite":
        return _once(rows, work_at, overwrite, moment)
    for _try in range(_TRIES - 1):
        try:
            with transaction.atomic():
                return _once(rows, work_at, overwrite, moment)
        except IntegrityError:
            continue
    return _once(rows, work_at, overwrite, moment)


def _once(rows: Sequence[Told], work_at: dict[str, int], overwrite: bool, moment: datetime) -> list[Taken]:
    people = look_up({one.email for one in rows})
    fresh: list[State] = []
    changed: dict[int, State] = {}
    taken = []
    for one in rows:
        state = people.get(one.email)
        if created := state is None:
            state = people[one.email] = a_new_person(one, moment)
            fresh.append(state)
        assert state is not None
        result = _apply(one, state, created, overwrite, work_at.get(one.email))
        if result.after and state["id"]:
            changed[state["id"]] = state
        taken.append(result)
    insert(fresh, moment)
    rewrite_people(list(changed.values()))
    return taken


def _apply(new: Told, state: State, created: bool, overwrite: bool, company: int | None) -> Taken:
    after = differences(state, new, overwrite or created)
    joined = company is not None and state["company_id"] is None
    if joined:
        after["company_id"] = company
    if created:
        state.update(after)
        return Taken(state, True, joined=joined)
    before = {column: state[column] for column in after}
    state.update(after)
    return Taken(state, False, before, after, joined)


def _fact(one: Taken, origin: Origin, moment: datetime) -> PersonImported:
    return PersonImported(
        person=one.state["id"], company=one.state["company_id"] if one.joined else None, at=moment, topic=origin.topic,
        actor=origin.actor, batch=origin.batch, created=one.created, source=one.state["source"] if one.created else "",
        fields=[c for c in one.after if c != "company_id"], joined=one.joined,
        came=_came(one.state) if one.created and one.state["source"] not in ("", "OFFLINE") else {},
    )  # fmt: skip


def _came(state: State) -> dict[str, str]:
    return came_of(state["source_detail_1"], state["source_detail_2"], state["utm"])
