"""Put a build in force: in one transaction its numbers are everybody's, and those who wait for a change hear of it.

Says scoring.rebuilt, person.scored and company.scored.
"""

from __future__ import annotations

from datetime import datetime

from reif.crm.models import Standing
from reif.crm.set_score import Place, put_in_force
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.qualification import ScoringRebuilt
from reif.qualify.book import now_at, say
from reif.qualify.fade import fade_due, wait
from reif.qualify.in_force import Reckoning, engines_of
from reif.qualify.matters import matters
from reif.qualify.models import Build, Point
from reif.qualify.places import Before, Whom
from reif.qualify.roll_up import roll_up


def switch(build: Build, r: Reckoning, old: Reckoning) -> None:
    """Call it when nothing is left to catch up. Grades do not start anew: the margin holds over the switch."""
    moment = now()
    fade_due(r, moment, None)
    before = _stood()
    Build.objects.filter(pk=old.number).update(state=Build.State.GONE)
    put_in_force(build.pk, r.main)
    counts = Reckoning(build.pk, build.revision, engines_of(build.revision, build.hash))
    changed = _say(counts, before, build.cause)
    _finish(build, moment, len(changed))
    roll_up(r.engines[0].model.company if r.engines else None, changed, (), dict.fromkeys(changed, build.cause))
    wait(counts)


def sweep(most: int) -> bool:
    """Remove rows of builds that do not count any more, some at a time. True when there may be more."""
    gone = Build.objects.filter(state=Build.State.GONE).values("id")
    rows = list(Point.objects.filter(build__in=gone).values_list("id", flat=True)[:most])
    Point.objects.filter(pk__in=rows).delete()
    if not rows:
        Standing.objects.filter(build__in=[b for b in gone.values_list("id", flat=True) if b]).delete()
    return bool(rows)


def _stood() -> dict[Whom, Before]:
    rows = Standing.objects.filter(build=0).values_list("person_id", "model", *Before._fields)
    return {(person, model): Before(*rest) for person, model, *rest in rows.iterator(chunk_size=5000)}


def _say(r: Reckoning, before: dict[Whom, Before], cause: int) -> list[int]:
    """Returns the people whose score in the main model is another one."""
    after = {w: Place(*w, 0, 0, 0, b.score, b.fit, b.engagement, b.grade, b.excluded) for w, b in _stood().items()}
    gone = {w: Place(*w) for w in before.keys() - after.keys()}
    moved = [p for w, p in (after | gone).items() if now_at(p) != before.get(w, Before())]
    say(r, moved, before, dict.fromkeys((p.person for p in moved), cause) if cause else {}, matters)
    return [p.person for p in moved if p.model == r.main]


def _finish(build: Build, moment: datetime, changed: int) -> None:
    build.state, build.done_at, build.changed = Build.State.LIVE, moment, changed
    build.save()
    seconds = int((moment - build.started_at).total_seconds())
    append(
        ScoringRebuilt(
            topic=build.hash[:10], revision=build.revision, people=changed, seconds=seconds, cause=build.cause or None
        )
    )
