"""What each kind of step does with the people who have come to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reif.channels.email.compose import Kind, Letter, queue
from reif.channels.email.hours import next_open, zone_of
from reif.channels.email.limits import mails
from reif.channels.mails import Hours
from reif.crm.models import Person
from reif.nurture.graph import END, Node
from reif.nurture.models import Enrollment
from reif.rules.sql import where

MORNING = Hours(start=8, end=10, weekdays=True)
LETTER_LIVES = timedelta(days=10)


@dataclass(frozen=True)
class Way:
    """Where somebody goes from a step. due_at None: nowhere, until something else happens."""

    outcome: str
    next: str
    due_at: datetime | None
    arm: str = ""


def take(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    """One way for each row, in order."""
    return _KINDS[node.kind](node, rows, moment)


def _wait(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    due = moment + timedelta(seconds=node.seconds)
    if not node.morning:
        return [Way("waits", node.next, due) for _ in rows]
    return [Way("waits", node.next, next_open(due, zone_of(row.person.timezone), MORNING)) for row in rows]


def _mail(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    kind: Kind = next((m.kind for m in mails().mail if m.key == node.mail), "marketing")
    queue(
        Letter(
            f"j:{row.id}:{row.seq + 1}", node.mail, person=row.person_id, kind=kind, cause=row.cause_id,
            expires_at=moment + LETTER_LIVES, origin=f"{row.journey}/{node.id}",
        )
        for row in rows
    )  # fmt: skip
    return [Way("mailed", node.next, moment) for _ in rows]


def _branch(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    people = Person.objects.filter(id__in=[row.person_id for row in rows])
    holds = set(people.filter(where(node.predicate, moment)).values_list("id", flat=True))
    return [Way("yes", node.yes, moment) if row.person_id in holds else Way("no", node.no, moment) for row in rows]


def _split(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    return [Way("yes", node.yes, moment) if _drawn(node, row) else Way("no", node.no, moment) for row in rows]


def _holdout(node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    return [
        Way("held", END, None, "holdout") if _drawn(node, row) else Way("goes_on", node.next, moment) for row in rows
    ]


def _end(_node: Node, rows: Sequence[Enrollment], moment: datetime) -> list[Way]:
    return [Way("ends", END, moment) for _ in rows]


def _drawn(node: Node, row: Enrollment) -> bool:
    """Among the percent of this node: the same answer each time, and independent of other nodes."""
    salt = f"{row.journey}/{node.id}/{row.person_id}".encode()
    return int.from_bytes(hashlib.blake2b(salt, digest_size=4).digest()) % 10_000 < node.percent * 100


_KINDS: dict[str, Callable[[Node, Sequence[Enrollment], datetime], list[Way]]] = {
    "wait": _wait, "mail": _mail, "branch": _branch, "split": _split, "holdout": _holdout, "end": _end,
}  # fmt: skip
