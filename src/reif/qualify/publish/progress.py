"""How far a published scoring has come: waiting, being reckoned, told to everybody, done. And whose points are shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from reif.kit.clock import now
from reif.playbook.current import book
from reif.qualify.models import Build
from reif.qualify.publish.same_numbers import same_numbers
from reif.qualify.scoring.in_force import scoring_of

WAITING, DONE = "waiting", "done"
BEFORE = (WAITING, Build.State.DEEDS, Build.State.PEOPLE)
"""The points shown are still those of before."""
FRESH = timedelta(hours=1)
"""So long it is said that a scoring is new."""


class Progress(NamedTuple):
    """state: waiting, deeds, people, telling or done. revision: what was published; counts: what is shown, both short, the
    latter empty before anything was. done: of so many people; in `deeds` it is not known. changed: who stands elsewhere.
    """

    state: str
    revision: str
    counts: str = ""
    done: int = 0
    people: int = 0
    changed: int = 0
    at: datetime | None = None

    @property
    def is_before(self) -> bool:
        return self.state in BEFORE

    @property
    def percent(self) -> int:
        """99 until everything is done."""
        return min(99, 100 * self.done // max(self.people, 1))


def progress() -> Progress | None:
    """None when nothing is on its way, nor new. Two queries at most, by index."""
    builds = {b.state: b for b in Build.objects.exclude(state=Build.State.GONE).order_by("id")}
    live = builds.get(Build.State.LIVE)
    going = builds.get(Build.State.PEOPLE) or builds.get(Build.State.DEEDS)
    counts = _short(live.hash) if live else ""
    if _waits(going or live):
        return Progress(WAITING, _short(book().hash), counts)
    if going is not None:
        return Progress(going.state, _short(going.hash), counts, min(going.reckoned, going.people), going.people)
    if live is None or live.done_at is None or not live.hash:
        return None
    new = Progress(DONE, counts, counts, live.people, live.people, live.changed, live.done_at)
    if Build.State.TELLING in builds:
        told = builds[Build.State.TELLING].reckoned
        return new._replace(state=Build.State.TELLING, done=min(told, live.people))
    return new if now() - live.done_at < FRESH else None


def _waits(build: Build | None) -> bool:
    """What is in force gives other points than this, and nobody has taken that up."""
    known = (build.revision, build.hash) if build else (0, "")
    if book().revision == known[0]:
        return False
    return not same_numbers(scoring_of(book().revision, book().hash), scoring_of(*known))


def _short(hash_: str) -> str:
    """As the playbook names its revisions."""
    return hash_[:10]
