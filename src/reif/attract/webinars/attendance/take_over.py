"""Take a list over: who was there, who was not.

Says webinar.attended and webinar.missed, each once for a person and a webinar, however often lists come.
"""

from __future__ import annotations

from reif.attract.models import AttendanceList, Registration, Webinar
from reif.attract.webinars.attendance.match import Matched, match
from reif.attract.webinars.attendance.read import Attendee
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import WebinarAttended, WebinarMissed

COLUMNS = ["attended_at", "missed_at", "minutes"]


def take_over(one: AttendanceList, by: int | None) -> dict[str, int]:
    """What it says becomes true; a second time, only what is new. The rows of the list are forgotten."""
    with writing():
        one = AttendanceList.objects.select_for_update().select_related("webinar").get(pk=one.pk)
        if one.taken_at:
            return dict(one.told)
        found = match(one.webinar, [Attendee(**row) for row in one.rows])
        came, missed = _came(one.webinar, found, by), _missed(one.webinar, found, by)
        one.told = {
            "there": len(found.there), "new": came, "missed": missed, "walked_in": len(found.walked_in),
            "strangers": len(found.strangers) + len(found.nameless),
        }  # fmt: skip
        one.rows, one.taken_at, one.by_id = [], now(), by
        one.save()
    return dict(one.told)


def _came(webinar: Webinar, found: Matched, by: int | None) -> int:
    rows = {s.person_id: s for s in Registration.objects.filter(webinar=webinar)}
    fresh, changed, new = [], [], []
    for person, minutes in found.there:
        seat = rows.get(person.pk)
        if seat is None:
            fresh.append(seat := Registration(webinar=webinar, person=person))
        else:
            changed.append(seat)
        if seat.attended_at is None:
            seat.attended_at = webinar.ends_at
            new.append(
                WebinarAttended(person=person.pk, topic=webinar.slug, minutes=minutes, actor=by, at=webinar.ends_at)
            )
        seat.minutes, seat.missed_at = max(seat.minutes, minutes), None
    Registration.objects.bulk_create(fresh, batch_size=1000)
    Registration.objects.bulk_update(changed, COLUMNS, batch_size=500)
    append(*new)
    return len(new)


def _missed(webinar: Webinar, found: Matched, by: int | None) -> int:
    people = [person.pk for person in found.missed]
    waiting = list(Registration.objects.filter(webinar=webinar, person__in=people, missed_at=None, attended_at=None))
    for seat in waiting:
        seat.missed_at = webinar.ends_at
    Registration.objects.bulk_update(waiting, COLUMNS, batch_size=500)
    append(*(WebinarMissed(person=s.person_id, topic=webinar.slug, actor=by, at=webinar.ends_at) for s in waiting))
    return len(waiting)
