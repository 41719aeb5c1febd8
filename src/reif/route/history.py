"""What the log knows about people: what they read and did, and which of it earned points. Four queries for a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from reif.crm.models import Visitor
from reif.log.models import Event
from reif.playbook.current import current
from reif.route.models import Assignment

DEEDS = (
    "page.viewed", "link.followed", "form.submitted", "content.downloaded", "webinar.registered", "webinar.attended",
    "mail.opened", "mail.clicked", "consent.given", "event.tracked", "lead.received", "enquiry.received", "mail.replied",
)  # fmt: skip
LONGEST = 400


@dataclass
class Deed:
    """Something a person did, perhaps several times; points: what it earned in all."""

    kind: str
    topic: str
    title: str
    at: datetime
    event: int
    times: int = 1
    points: int = 0


@dataclass
class History:
    """Newest first. last: the deed that made the person ripe, when the log knows it."""

    deeds: list[Deed] = field(default_factory=list)
    last: Deed | None = None


def histories(assignments: Iterable[Assignment]) -> dict[int, History]:
    """By assignment id."""
    assignments = list(assignments)
    people = {a.person_id for a in assignments}
    owner_of = dict(Visitor.objects.filter(person__in=people).values_list("id", "person_id"))
    theirs = Q(person_id__in=people) | Q(person_id=None, visitor_id__in=list(owner_of))
    rows = Event.objects.filter(theirs, kind__in=(*DEEDS, "person.scored")).order_by("-id")
    by_person: dict[int, list[Event]] = defaultdict(list)
    for row in rows[: LONGEST * max(len(people), 1)]:
        by_person[row.person_id or owner_of[row.visitor_id]].append(row)  # type: ignore[index]
    causes = _causes([a.event_id for a in assignments])
    return {a.pk: _history(by_person[a.person_id], causes.get(a.event_id or 0)) for a in assignments}


def _history(rows: list[Event], trigger: int | None) -> History:
    points: dict[int, int] = defaultdict(int)
    main = current("scoring").main.key
    for row in rows:
        if row.kind == "person.scored" and row.cause_id and row.topic == main:
            points[row.cause_id] += int(row.body.get("delta", 0))
    history = History()
    seen: dict[tuple[str, str], Deed] = {}
    for row in rows:
        if row.kind not in DEEDS or row.body.get("machine"):
            continue
        if deed := seen.get((row.kind, row.topic)):
            deed.times += 1
            deed.points += points[row.id]
        else:
            title = str(row.body.get("title", ""))
            deed = seen[row.kind, row.topic] = Deed(row.kind, row.topic, title, row.at, row.id, points=points[row.id])
            history.deeds.append(deed)
        if row.id == trigger or (trigger and history.last is None and row.id < trigger):
            history.last = deed
    return history


def _causes(events: list[int | None]) -> dict[int, int]:
    """By event of qualification the event that set it off, one or two steps up."""
    up = dict(Event.objects.filter(id__in=[e for e in events if e]).values_list("id", "cause_id"))
    kinds = {
        i: (k, c)
        for i, k, c in Event.objects.filter(id__in=[c for c in up.values() if c]).values_list("id", "kind", "cause_id")
    }
    found = {}
    for event, cause in up.items():
        if cause is None:
            continue
        kind, further = kinds.get(cause, ("", None))
        found[event] = further if kind == "person.scored" and further else cause
    return found
