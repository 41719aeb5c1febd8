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

from reif.crm.bulk_people import People
from reif.crm.bulk_rows import State, a_new_person, folded
from reif.crm.known_companies import KnownCompanies, of_one_name
from reif.crm.reached import name_sources
from reif.crm.told import Told, came_of, differences
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.imports import PersonImported
from reif.log.take_turn import take_turn

_TRIES = 5
_TURN = 0x5245_494D  # "REIM": two imports at once go chunk by chunk, and never wait for each other in a circle


@dataclass(frozen=True)
class Origin:
    """Where the rows come from. batch: the import's id; topic: its name; actor: who did it.

    system: the other software whose ids the rows carry. by_name: somebody whose address names no company belongs to the
    one company that is called what the row says.
    """

    batch: int = 0
    topic: str = ""
    actor: int | None = None
    system: str = ""
    by_name: bool = False


@dataclass(slots=True)
class Taken:
    """What became of a row. fields: the columns that changed; before, after: of somebody who was there already."""

    state: State
    created: bool
    fields: list[str]
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    joined: bool = False

    @property
    def person(self) -> int:
        return int(self.state["id"])


def bulk_upsert(rows: Sequence[Told], origin: Origin, *, overwrite: bool = True,
                companies: KnownCompanies | None = None, at: datetime | None = None) -> list[Taken]:  # fmt: skip
    """One result for each row, in order; all of them in one transaction, so give it some thousands at most.

    A row is known by its address, else by its id in the other system. companies: what an earlier call of the same run
    learned about companies; make a new one after a failure.
    """
    moment = at or now()
    with writing():
        take_turn(_TURN)
        places = _places(rows, companies if companies is not None else KnownCompanies(), origin, moment)
        taken = _take(rows, places, overwrite, origin, moment)
        append(*[_fact(one, origin, moment) for one in taken])
    return taken


def _places(rows: Sequence[Told], work: KnownCompanies, origin: Origin, moment: datetime) -> dict[str, int]:
    """The company of each row by its key; somebody who is there twice belongs to the last domain named."""
    domains = {one.email or one.key: one.domain for one in rows if one.domain}
    said: dict[str, dict[str, Any]] = {}
    for one in rows:
        if domain := domains.get(one.email or one.key):
            there = said.get(domain)
            said[domain] = one.company if not there or there == one.company else there | one.company
    ids = work.ids(said, moment)
    places = {key: ids[domain] for key, domain in domains.items()}
    if origin.by_name:
        called = {one.key: folded(one.values["company_name"])[:255] for one in rows
                  if not one.domain and "company_name" in one.values and one.key not in places}  # fmt: skip
        named = of_one_name(called.values())
        places.update((key, named[name]) for key, name in called.items() if name in named)
    return places


def _take(
    rows: Sequence[Told], places: dict[str, int], overwrite: bool, origin: Origin, moment: datetime
) -> list[Taken]:
    """Somebody else may make one of these people while we do: then the database refuses, and we look again.

    Not on SQLite, where nobody else writes now; there a savepoint would keep every page that is written a second time.
    """
    if connection.vendor != "sqlite":
        for _try in range(_TRIES - 1):
            try:
                with transaction.atomic():
                    return _once(rows, places, overwrite, origin, moment)
            except IntegrityError:
                continue
    return _once(rows, places, overwrite, origin, moment)


def _once(
    rows: Sequence[Told], places: dict[str, int], overwrite: bool, origin: Origin, moment: datetime
) -> list[Taken]:
    people = People(rows, origin.system)
    taken = []
    for one in rows:
        state, place = people.of(one), places.get(one.email or one.key)
        if state is None:
            state = people.add(a_new_person(one, moment), one)
            result = Taken(state, True, _told_of(state, one), joined=place is not None)
            if place is not None:
                state["company_id"] = place
        else:
            result = _apply(one, state, overwrite, place)
            if one.email and not state["email"]:
                people.give_address(state, one.email)
                result.fields.append("email")
                result.before["email"], result.after["email"] = None, one.email
            if result.after and state["id"]:
                people.changed[state["id"]] = state
        taken.append(result)
    people.store(moment)
    name_sources({one.state["id"]: one.state["source"] for one in taken if "source" in one.after})
    return taken


def _told_of(state: State, new: Told) -> list[str]:
    return [*new.values, *(c for c in new.first if new.first[c]), *(("traits",) if state["traits"] else ())]


def _apply(new: Told, state: State, overwrite: bool, company: int | None) -> Taken:
    after = differences(state, new, overwrite)
    joined = company is not None and state["company_id"] is None
    fields = list(after)
    if joined:
        after["company_id"] = company
    before = {column: state[column] for column in after}
    state.update(after)
    return Taken(state, False, fields, before, after, joined)


def _fact(one: Taken, origin: Origin, moment: datetime) -> PersonImported:
    state, created, joined = one.state, one.created, one.joined
    source = state["source"] if created else ""
    return PersonImported(
        person=state["id"], company=state["company_id"] if joined else None, at=moment, topic=origin.topic,
        actor=origin.actor, batch=origin.batch, created=created, source=source, fields=one.fields, joined=joined,
        came=_came(state) if source not in ("", "OFFLINE") else {},
    )  # fmt: skip


def _came(state: State) -> dict[str, str]:
    return came_of(state["source_detail_1"], state["source_detail_2"], state["utm"])
