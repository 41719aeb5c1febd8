"""State facts inside the transaction that makes them true.

On PostgreSQL ids come from a sequence, and a slow writer could commit a lower id after a reader has passed it. So
facts are kept until the end of the transaction; then an advisory lock is taken as the last step before the insert and
held until the commit, which makes the order of ids the order of commits. SQLite has one writer and needs no lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

import reif.log.catalogue  # noqa: F401 - every fact is known once anything can be appended
from reif.kit.clock import now
from reif.log.fact import Cause, Fact, kind_of, own_json
from reif.log.models import Event, Text
from reif.log.store import Each, Line, as_stored, store, store_each
from reif.log.waking import knock

DEPTH_STOP = 20
_LOCK = 0x5245_4946  # "REIF"
_open = threading.local()


class _Silence(list[Fact | Each]):
    """Takes facts and forgets them: while a projection is rebuilt, what was said then was said already."""

    def extend(self, _facts: object) -> None:
        return


class NotWriting(RuntimeError):
    """A fact was stated outside `writing()`, where nothing makes it true."""


class NotStated(RuntimeError):
    """A fact names as its cause another one that was not stated before it in the same `writing()`."""


class TooDeep(RuntimeError):
    """A chain of causes reached twenty: rules set each other off in a circle."""


@contextmanager
def writing() -> Iterator[None]:
    """A transaction whose facts get their numbers at its end; inside another one, it joins it."""
    with _written(savepoint=True):
        yield


@contextmanager
def _written(savepoint: bool) -> Iterator[None]:
    if getattr(_open, "facts", None) is not None:
        yield
        return
    _open.facts, _open.depths = [], {}
    try:
        with transaction.atomic(savepoint=savepoint):
            yield
            _flush(_open.facts, _open.depths)
    finally:
        _open.facts = None


@contextmanager
def handling(depths: dict[int, int]) -> Iterator[None]:
    """`writing()` for a listener, which knows the depth of the events that its facts will name as causes.

    It fails as a whole with the transaction around it, which holds the cursor.
    """
    with _written(savepoint=False):
        _open.depths = depths
        yield


@contextmanager
def silent() -> Iterator[None]:
    """A transaction in which facts are dropped, for rebuilding projections from a log that already has them."""
    _open.facts, _open.depths = _Silence(), {}
    try:
        with transaction.atomic():
            yield
    finally:
        _open.facts = None


def append(*facts: Fact) -> None:
    """State facts; they are numbered and stored when the surrounding `writing()` ends, and only if it succeeds.

    One may name as its `cause` a fact that was stated before it in the same `writing()`: the very object, not its like.
    """
    waiting = getattr(_open, "facts", None)
    if waiting is None:
        raise NotWriting("append() needs writing() around it")
    waiting.extend(facts)


def append_each(fact: Fact, people: Sequence[int]) -> None:
    """State the same fact of each of these people, with one statement for all of them however many they are.

    They are numbered after the facts of `append`, in the order given. The fact carries no person, and no free text.
    """
    waiting = getattr(_open, "facts", None)
    if waiting is None:
        raise NotWriting("append_each() needs writing() around it")
    waiting.extend([Each(fact, people)] if people else [])


def _flush(stated: list[Fact | Each], depths: dict[int, int]) -> None:
    facts = [one for one in stated if isinstance(one, Fact)]
    many = [one for one in stated if isinstance(one, Each)]
    if not stated:
        return
    moment = now()
    depths = _with_missing(depths, {f.cause for f in (*facts, *(e.fact for e in many)) if isinstance(f.cause, int)})
    first = _lock_and_next_id()
    stored = as_stored()
    kept = {None: stored(moment)} | {at: stored(at) for at in {f.at for f in facts} if at is not None}
    if facts:
        store(_lines(facts, first, kept, depths))
    texts = [Text(event_id=n, body=f.text) for n, f in enumerate(facts, start=first) if f.text]
    if texts:
        Text.objects.bulk_create(texts)
    _store_many(first + len(facts), many, stored(moment), depths)
    knock()


def _store_many(first: int, many: list[Each], moment: Any, depths: dict[int, int]) -> None:
    for fact, people in many:
        kept = {None: moment, fact.at: as_stored()(fact.at) if fact.at else moment}
        store_each(_line(first, fact, kept, *_cause(fact, depths, {})), people)
        first += len(people)


def _lines(facts: list[Fact], first: int, kept: dict[datetime | None, Any], depths: dict[int, int]) -> list[Line]:
    """kept: moments as the engine stores them; None is now."""
    named = {id(f.cause) for f in facts if isinstance(f.cause, Fact)}
    numbered: dict[int, tuple[int, int]] = {}
    lines = []
    for number, fact in enumerate(facts, start=first):
        line = _line(number, fact, kept, *_cause(fact, depths, numbered))
        if id(fact) in named:
            numbered[id(fact)] = line.id, line.depth
        lines.append(line)
    return lines


def _cause(fact: Fact, depths: dict[int, int], numbered: dict[int, tuple[int, int]]) -> tuple[int | None, int]:
    """The number of what led to it, and how deep in the chain it stands itself."""
    cause: Cause = fact.cause
    if cause is None:
        return None, 0
    if isinstance(cause, int):
        return cause, depths.get(cause, -1) + 1
    if id(cause) not in numbered:
        raise NotStated(f"{kind_of(fact)} names {kind_of(cause)} as its cause, which was not stated before it")
    number, depth = numbered[id(cause)]
    return number, depth + 1


def _line(number: int, fact: Fact, kept: dict[datetime | None, Any], cause: int | None, depth: int) -> Line:
    if depth > DEPTH_STOP:
        raise TooDeep(f"{kind_of(fact)} would be step {depth} of one chain of causes; the limit is {DEPTH_STOP}")
    return Line(
        number, kind_of(fact), kept[fact.at], kept[None], fact.person, fact.visitor, fact.company,
        fact.deal, fact.actor, cause, depth, fact.topic[:255], own_json(fact),
    )  # fmt: skip


def _with_missing(known: dict[int, int], causes: set[int]) -> dict[int, int]:
    missing = [c for c in causes if c not in known]
    if not missing:
        return known
    return {**known, **dict(Event.objects.filter(id__in=missing).values_list("id", "depth"))}


def _lock_and_next_id() -> int:
    """Ids are max + 1 under the lock, on both engines; the sequence is not used, so there is nothing to overtake."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM log_event")
        return int(cursor.fetchone()[0])
