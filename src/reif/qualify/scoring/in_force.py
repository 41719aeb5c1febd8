"""Which scoring counts: that of the build in force. While another one is on its way, the stages of then count too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from reif.kit.clock import now
from reif.log.take_turn import take_turn
from reif.playbook.current import Book, book
from reif.qualify.models import Build
from reif.qualify.scoring.engine import Engine
from reif.qualify.ways import Scoring

_LOCK = 0x5343_4F52  # "SCOR"
ON_ITS_WAY = (Build.State.DEEDS, Build.State.PEOPLE)


class Reckoning(NamedTuple):
    """One build with its models ready. number: what its rows and places carry. counts: it is in force.

    telling, told: the build that counted before while not everybody knows, and up to whom they do.
    """

    number: int
    revision: int
    engines: tuple[Engine, ...]
    counts: bool = True
    telling: int = 0
    told: int = 0

    @property
    def main(self) -> str:
        """The key of the model that people see everywhere."""
        return self.engines[0].model.key if self.engines else ""

    def engine(self, model: str) -> Engine | None:
        return next((e for e in self.engines if e.model.key == model), None)


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: whoever reckons where people stand. Call it inside `writing()`; it lasts until the commit."""
    take_turn(_LOCK)
    yield


def live() -> Reckoning:
    """What counts now. Before anything was ever published, a build without rules. Two queries at most."""
    found = {b.state: b for b in Build.objects.filter(state__in=(Build.State.LIVE, Build.State.TELLING))}
    build = found.get(Build.State.LIVE)
    if build is None:
        build = Build.objects.create(revision=0, state=Build.State.LIVE, started_at=now(), done_at=now())
    before = found.get(Build.State.TELLING)
    return reckoning(build)._replace(telling=before.pk if before else 0, told=before.person if before else 0)


def reckoning(build: Build) -> Reckoning:
    """A build made ready."""
    engines = engines_of(build.revision, build.hash)
    return Reckoning(build.pk, build.revision, engines, build.state == Build.State.LIVE)


def scoring() -> Scoring:
    """The models whose numbers people see."""
    found = Build.objects.filter(state=Build.State.LIVE).values_list("revision", "hash").first()
    return scoring_of(*found) if found else Scoring()


def ways() -> Book:
    """The playbook by which stages are given: the one in force, or while scores are reckoned anew, the one before."""
    rows = Build.objects.filter(state__in=(*ON_ITS_WAY, Build.State.LIVE)).values_list("state", "revision", "hash")
    found = {state: (revision, hash_) for state, revision, hash_ in rows}
    return _book(*found.get(Build.State.LIVE, (0, ""))) if found.keys() & set(ON_ITS_WAY) else book()


def scoring_of(revision: int, hash_: str) -> Scoring:
    """The scoring section of a revision."""
    section: Scoring = _book(revision, hash_).section("scoring")
    return section


@lru_cache(maxsize=8)
def engines_of(revision: int, hash_: str) -> tuple[Engine, ...]:
    """Compiled once for each revision in a process."""
    return tuple(Engine(model, revision) for model in scoring_of(revision, hash_).models)


@lru_cache(maxsize=8)
def _book(revision: int, hash_: str) -> Book:
    return Book(revision, hash_)
