"""The segments of the playbook in force that follow a condition, made ready once for each revision."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import msgspec

from reif.playbook.current import book
from reif.qualify.concerns import Concern
from reif.qualify.segments.order import asked, in_order
from reif.qualify.ways import Segment
from reif.rules.memory import Reader, reader
from reif.rules.predicates import Did, Predicate, leaves


class Moving(NamedTuple):
    """A segment that follows a condition. asks: the segments that it asks for. digest: of the condition."""

    key: str
    when: Predicate
    concern: Concern
    asks: frozenset[str]
    did: tuple[Did, ...]
    digest: str
    holds: Reader


def moving() -> tuple[Moving, ...]:
    """Each after those that it asks for; the fixed ones change by hand and by request alone."""
    found = book()
    return _ready(found.revision, found.hash, found.section("segments").segments)


def known() -> frozenset[str]:
    """Every segment that anybody can be in."""
    return frozenset(s.key for s in book().section("segments").segments if not s.archived)


_made: dict[tuple[int, str], tuple[Moving, ...]] = {}


def _ready(revision: int, hash_: str, segments: tuple[Segment, ...]) -> tuple[Moving, ...]:
    if (revision, hash_) not in _made:
        _made.clear()
        _made[revision, hash_] = tuple(
            _moving(s.key, s.when) for s in in_order(segments) if s.when is not None and not s.archived
        )
    return _made[revision, hash_]


def _moving(key: str, when: Predicate) -> Moving:
    did = tuple(dict.fromkeys(leaf for leaf in leaves(when) if isinstance(leaf, Did)))
    return Moving(key, when, Concern(when), frozenset(asked(when)), did, digest(when), reader(when))


@lru_cache(maxsize=256)
def digest(when: Predicate) -> str:
    """Two conditions of one digest say the same."""
    return sha256(msgspec.json.encode(when)).hexdigest()
