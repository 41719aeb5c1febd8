"""People as plain rows: looked up by address, stored, rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import msgspec
from django.db import connection

from reif.crm.bulk_write import as_json, next_ids, rewrite_rows, shape_of, stored_moment, write_rows
from reif.crm.jobs.read_title import read_title
from reif.crm.models import Person
from reif.crm.told import COLUMNS, FIRST_ONLY, FOLDED, JOB, Told
from reif.kit.fold import fold

State = dict[str, Any]
"""A person as a row: id, email, company_id, and every column that an upsert may write."""

TABLE = "crm_person"
_WRITTEN = (*COLUMNS, *FIRST_ONLY, "traits", "company_id")
_READ = ("id", "email", *_WRITTEN)
_JSON = ("utm", "traits")
_TEXTS = ("id", "email", "company_id", *COLUMNS, "source", "source_detail_1", "source_detail_2")
_OWN = ("created_at", *_TEXTS, *_JSON, *(f"{c}_fold" for c in FOLDED), *JOB)
_texts, _to_fold = itemgetter(*_TEXTS), itemgetter(*FOLDED)
_NOBODY: State = {"id": 0, "company_id": None, **dict.fromkeys((*COLUMNS, *FIRST_ONLY), ""), "utm": {}, "traits": {}}
folded = lru_cache(maxsize=16_384)(fold)


def look_up(addresses: Iterable[str], locked: bool = True) -> dict[str, State]:
    """Those of these addresses that there are, locked unless one only wants to look."""
    return {str(state["email"]): state for state in _states("email", addresses, locked)}


def look_up_ids(ids: Iterable[int], locked: bool = True) -> dict[int, State]:
    """The same by their numbers; whoever was forgotten is not there."""
    return {state["id"]: state for state in _states("erased_at IS NULL AND id", ids, locked)}


def _states(key: str, keys: Iterable[Any], locked: bool) -> Iterator[State]:
    sql = f"SELECT {', '.join(_READ)} FROM crm_person WHERE {key} {{among}} ORDER BY id"
    for row in select(sql, keys, " FOR UPDATE" if locked else ""):
        state = dict(zip(_READ, row, strict=True))
        for column in _JSON:
            if isinstance(state[column], str):
                state[column] = {} if state[column] == "{}" else msgspec.json.decode(state[column])
        yield state


def select(sql: str, keys: Iterable[Any], locked: str = "", first: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows whose key is one of thousands, handed over as one parameter, the last one.

    locked: what PostgreSQL adds to hold them. first: the parameters before.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(sql.format(among="= ANY(%s)") + locked, [*first, list(keys)])
        else:
            cursor.execute(sql.format(among="IN (SELECT value FROM json_each(%s))"), [*first, json.dumps(list(keys))])
        return list(cursor.fetchall())


def nobody(email: str) -> State:
    """A person about whom nothing is known but the address."""
    return _NOBODY | {"email": email}


def a_new_person(new: Told, moment: datetime) -> State:
    """Not stored yet: the id is 0. created_at is the moment, unless the row says since when somebody is known."""
    state = _NOBODY | new.values | new.first
    state["email"], state["created_at"] = new.email or None, new.since or moment
    if new.traits and any(value is not None for value in new.traits.values()):
        state["traits"] = new.traits
    return state


def insert(people: Sequence[State], moment: datetime) -> None:
    """Store new people, which get their ids. Raises IntegrityError when an address is taken by now."""
    if not people:
        return
    shape = shape_of(Person)
    stamp, blank = stored_moment(moment), shape.blank(moment)
    others = [n for n, column in enumerate(shape.columns) if column not in _OWN]
    usual = tuple(blank[n] for n in others)
    rows = []
    for state, number in zip(people, next_ids(TABLE, len(people)), strict=True):
        state["id"] = number
        since, utm, traits = state["created_at"], state["utm"], state["traits"]
        rows.append((
            stamp if since is moment else stored_moment(since), *_texts(state), as_json(utm) if utm else "{}",
            as_json(traits) if traits else "{}", *map(_fold, _to_fold(state)),
            *read_title(state["job_title"]), *usual,
        ))  # fmt: skip
    write_rows(TABLE, (*_OWN, *(shape.columns[n] for n in others)), rows)


def _fold(text: str) -> str:
    return folded(text)[:255] if text else ""


def rewrite_people(people: Sequence[State]) -> None:
    """Store the columns that an upsert may have changed."""
    if not people:
        return
    rows = [
        (
            *(as_json(s[c]) if c in _JSON else s[c] for c in _WRITTEN),
            *(folded(s[c])[:255] for c in FOLDED),
            *read_title(s["job_title"]),
            s["id"],
        )
        for s in people
    ]
    rewrite_rows(TABLE, (*_WRITTEN, *(f"{c}_fold" for c in FOLDED), *JOB), rows)
