"""Take the steps that are due: all people at one step together, until nobody is due any more.

Hears the timer nurture.tick. Says journey.stepped, journey.left; mails leave as letters, once each by their key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Min

from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.nurture import JourneyStepped
from reif.log.catalogue.timers import TimerFired
from reif.log.clock import cancel, wake
from reif.log.event import Event
from reif.log.rewrite import rewrite
from reif.nurture.graph import END, Graph, graph_from
from reif.nurture.leave import leave_rows, watch
from reif.nurture.models import Enrollment, EnrollmentStep
from reif.nurture.steps import Way, take

TICK = "nurture.tick"
BATCH = 5000
COALESCE = timedelta(minutes=1)
LONGEST = 50  # steps without a wait that one tick takes for one person


def tick(_events: list[Event[TimerFired]]) -> None:
    advance()


def advance() -> None:
    """Move everybody who is due, at most BATCH at a time, and ask to be woken for the next."""
    moment = now()
    due = Enrollment.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=Enrollment.ACTIVE, due_at__lte=moment
    )
    rows = list(due.select_related("version", "person").order_by("due_at", "id")[:BATCH])
    rows = watch(rows)
    steps: list[EnrollmentStep] = []
    for _ in range(LONGEST):
        if not (rows_due := [r for r in rows if r.state == Enrollment.ACTIVE and r.due_at and r.due_at <= moment]):
            break
        for (version, node), group in _together(rows_due).items():
            _step(graph_from(version), node, group, moment, steps)
    _write(rows, steps)
    wake_for_next()


def _together(rows: Sequence[Enrollment]) -> dict[tuple[str, str], list[Enrollment]]:
    groups: defaultdict[tuple[str, str], list[Enrollment]] = defaultdict(list)
    for row in rows:
        groups[row.version.graph, row.node].append(row)
    return groups


def _step(graph: Graph, node: str, rows: list[Enrollment], moment: datetime, steps: list[EnrollmentStep]) -> None:
    if node == END:
        leave_rows(rows, "finished")
        return
    ways = take(graph.node(node), rows, moment)
    for row, way in zip(rows, ways, strict=True):
        row.seq += 1
        row.node, row.due_at, row.arm = way.next, way.due_at, way.arm or row.arm
        steps.append(EnrollmentStep(enrollment=row, seq=row.seq, node=node, outcome=way.outcome, at=moment))
    append(*(_stepped(row, node, way) for row, way in zip(rows, ways, strict=True)))


def _stepped(row: Enrollment, node: str, way: Way) -> JourneyStepped:
    return JourneyStepped(person=row.person_id, topic=f"{row.journey}/{node}", enrollment=row.id, step=node,
                          outcome=way.outcome, cause=row.cause_id)  # fmt: skip


def _write(rows: list[Enrollment], steps: list[EnrollmentStep]) -> None:
    EnrollmentStep.objects.bulk_create(steps, batch_size=1000)
    rewrite(rows, ["node", "seq", "due_at", "arm", "state", "left_at", "reason", "goal_at"])


def wake_for_next() -> None:
    """One timer for all journeys, at the earliest due moment; later ones are rounded up to a minute, so that many
    people make few events."""
    first = Enrollment.objects.filter(state=Enrollment.ACTIVE).aggregate(first=Min("due_at"))["first"]
    if first is None:
        cancel(TICK, 0)
        return
    if first - now() > COALESCE:
        first = first.replace(second=0, microsecond=0) + COALESCE
    wake(TICK, at=first)
