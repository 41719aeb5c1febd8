"""Put a build in force: from one moment on its numbers are everybody's. Who stands elsewhere by that is told after it.

Nobody's row is written for that, so it takes as long for a million people as for one. Says scoring.rebuilt.
"""

from __future__ import annotations

from datetime import datetime

from reif.crm.change_places import change_places
from reif.crm.models import Person
from reif.crm.set_score import drop_places, let_count
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.qualification import ScoringRebuilt
from reif.qualify.models import Build, Point
from reif.qualify.scoring.fade import wait
from reif.qualify.scoring.in_force import reckoning


def switch(build: Build, old: int) -> None:
    """Call it alone, when nothing is left to catch up, and everybody knows of the switch before. Grades do not start anew:
    the margin holds over the switch. Raises SomebodyReads, which leaves everything as it was.
    """
    change_places()
    Build.objects.filter(pk=old).update(state=Build.State.TELLING, person=0, reckoned=0)
    let_count(build.pk)
    _finish(build, now())
    wait(reckoning(build))


def sweep(most: int) -> bool:
    """Remove rows of a build that does not count any more, so many people's at a time. True when there may be more."""
    build = Build.objects.select_for_update().filter(state=Build.State.GONE).order_by("id").first()
    if build is None:
        return False
    people = list(Person.objects.filter(id__gt=build.person).order_by("id").values_list("id", flat=True)[:most])
    if people:
        Point.objects.filter(build=build.pk, person__gt=build.person, person__lte=people[-1]).delete()
        drop_places(build.pk, build.person, people[-1])
        Build.objects.filter(pk=build.pk).update(person=people[-1])
    else:
        build.delete()
    return True


def _finish(build: Build, moment: datetime) -> None:
    build.state, build.done_at = Build.State.LIVE, moment
    build.save()
    seconds = int((moment - build.started_at).total_seconds())
    append(
        ScoringRebuilt(
            topic=build.hash[:10], revision=build.revision, people=build.changed, seconds=seconds,
            cause=build.cause or None,
        )
    )  # fmt: skip
