"""Who of a list is known here, and who had a seat and is not on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reif.attract.models import Registration, Webinar
from reif.attract.webinars.attendance.read import Attendee
from reif.crm.models import Person
from reif.kit.fold import fold

BATCH = 2000


@dataclass
class Matched:
    """came: with a seat; walked_in: known, without one; strangers: nobody here has this address; nameless: without an
    address, and no seat has this name; missed: a seat and not there; cancelled: how many had given theirs back."""

    came: list[tuple[Person, int]] = field(default_factory=list)
    walked_in: list[tuple[Person, int]] = field(default_factory=list)
    strangers: list[Attendee] = field(default_factory=list)
    nameless: list[Attendee] = field(default_factory=list)
    missed: list[Person] = field(default_factory=list)
    cancelled: int = 0

    @property
    def there(self) -> list[tuple[Person, int]]:
        return [*self.came, *self.walked_in]

    @property
    def unknown(self) -> int:
        return len(self.strangers) + len(self.nameless)


def match(webinar: Webinar, attendees: Sequence[Attendee]) -> Matched:
    """By address; who has none, by a name that only one seat has."""
    seats = list(Registration.objects.filter(webinar=webinar).exclude(registered_at=None).select_related("person"))
    seated = {seat.person_id for seat in seats}
    by_address = _people([one.email for one in attendees if one.email])
    by_name = _only_names(seats)
    found, minutes = Matched(), dict[int, tuple[Person, int]]()
    for one in attendees:
        person = by_address.get(one.email) if one.email else by_name.get(fold(one.name))
        if person is None:
            if one.was_there:
                (found.strangers if one.email else found.nameless).append(one)
        elif one.was_there:
            minutes[person.pk] = (person, minutes.get(person.pk, (person, 0))[1] + one.minutes)
    for pk, stay in minutes.items():
        (found.came if pk in seated else found.walked_in).append(stay)
    for seat in seats:
        if seat.person_id not in minutes and not seat.attended_at:
            if seat.cancelled_at:
                found.cancelled += 1
            else:
                found.missed.append(seat.person)
    return found


def _people(addresses: list[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(addresses), BATCH):
        rows = Person.objects.living().filter(email__in=addresses[start : start + BATCH])
        found |= {row.email: row for row in rows}
    return found


def _only_names(seats: Sequence[Registration]) -> dict[str, Person]:
    by_name: dict[str, list[Person]] = {}
    for seat in seats:
        by_name.setdefault(fold(seat.person.name), []).append(seat.person)
    return {name: people[0] for name, people in by_name.items() if name and len(people) == 1}
