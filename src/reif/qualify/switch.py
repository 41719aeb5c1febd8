"""Put a build in force: in one transaction its numbers are everybody's. Who stands elsewhere by that is told after it.

Says scoring.rebuilt.
"""

from __future__ import annotations

from datetime import datetime

from reif.crm.models import Standing
from reif.crm.set_score import put_in_force
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.qualification import ScoringRebuilt
from reif.qualify.fade import fade_due, wait
from reif.qualify.in_force import Reckoning, engines_of
from reif.qualify.models import Build, Point
from reif.qualify.tell import how_many


def switch(build: Build, r: Reckoning, old: Reckoning) -> None:
    """Call it when nothing is left to catch up, and everybody knows of the switch before. Grades do not start anew: the
    margin holds over the switch.
    """
    moment = now()
    fade_due(r, moment, None)
    Build.objects.filter(pk=old.number).update(state=Build.State.TELLING, person=0)
    put_in_force(build.pk, r.main, old.number)
    _finish(build, moment, how_many(old.number, r.main))
    wait(Reckoning(build.pk, build.revision, engines_of(build.revision, build.hash)))


def sweep(most: int) -> bool:
    """Remove rows of builds that do not count any more, some at a time. True when there may be more."""
    gone = Build.objects.filter(state=Build.State.GONE).values("id")
    rows = list(Point.objects.filter(build__in=gone).values_list("id", flat=True)[:most])
    Point.objects.filter(pk__in=rows).delete()
    if not rows:
        Standing.objects.filter(build__in=[b for b in gone.values_list("id", flat=True) if b]).delete()
    return bool(rows)


def _finish(build: Build, moment: datetime, changed: int) -> None:
    build.state, build.done_at, build.changed = Build.State.LIVE, moment, changed
    build.save()
    seconds = int((moment - build.started_at).total_seconds())
    append(
        ScoringRebuilt(
            topic=build.hash[:10], revision=build.revision, people=changed, seconds=seconds, cause=build.cause or None
        )
    )
