"""Let people into segments and out of them: the rows, the facts and the count of the day, whoever decided it.

Says segment.entered and segment.left. Nothing else writes who is in which segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from reif.crm.models import Member
from reif.kit.clock import now
from reif.log.among import among, as_parameter
from reif.log.append import append, append_each
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.take_turn import take_turn
from reif.qualify.models import Tally

_LOCK = 0x5345_474D  # "SEGM"
_SQL = {
    "sqlite": "INSERT OR IGNORE INTO crm_member (segment, person_id, since) SELECT %s, value, %s FROM json_each(%s)",
    "postgresql": "INSERT INTO crm_member (segment, person_id, since) SELECT %s, value, %s FROM unnest(%s::bigint[]) AS"
    " t(value) ON CONFLICT DO NOTHING",
}
Why = int | None | Mapping[int, int]
"""The event that led to it: one for all, or one for each person."""


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: whoever looks who is in a segment and then changes it. Inside `writing()`; lasts until the commit."""
    take_turn(_LOCK)
    yield


def let_in(segment: str, people: Sequence[int], why: Why = None, by: int | None = None) -> None:
    """These are in it from now on. They were not before; call it `alone`."""
    if not people:
        return
    moment = now()
    since = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor], [segment, since, as_parameter(people)])
    _say(SegmentEntered, people, why, {"topic": segment, "actor": by, "at": moment})
    _count(segment, entered=len(people))


def let_out(segment: str, people: Sequence[int], why: Why = None, by: int | None = None) -> None:
    """These are not in it any more. They were before; call it `alone`."""
    if not people:
        return
    Member.objects.filter(among("person", people), segment=segment).delete()
    _say(SegmentLeft, people, why, {"topic": segment, "actor": by, "at": now()})
    _count(segment, left=len(people))


def strike(people: Sequence[int]) -> None:
    """Those who are forgotten are in no segment, and nothing is said of them any more."""
    theirs = Member.objects.filter(among("person", people))
    segments = list(theirs.values_list("segment", flat=True))
    theirs.delete()
    for segment in set(segments):
        _count(segment, left=segments.count(segment))


def _say(fact: type[SegmentEntered | SegmentLeft], people: Sequence[int], why: Why, said: dict[str, Any]) -> None:
    if isinstance(why, Mapping):
        append(*(fact(person=person, cause=why[person], **said) for person in people))
    else:
        append_each(fact(cause=why, **said), people)


def _count(segment: str, entered: int = 0, left: int = 0) -> None:
    day = timezone.localdate(now(), timezone.get_default_timezone())
    today, _new = Tally.objects.get_or_create(segment=segment, day=day)
    Tally.objects.filter(pk=today.pk).update(entered=F("entered") + entered, left=F("left") + left)
