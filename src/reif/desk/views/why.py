"""Why did this happen? The chain of causes of an event."""

from __future__ import annotations

from typing import ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import render

from reif.crm.models import Person
from reif.desk.story import Moment, tell
from reif.log.models import Event
from reif.log.read import causes, consequences
from reif.staff.models import User
from reif.staff.views import EVERYONE, Desk, StaffRequest


class WhyView(Desk):  # /why/42
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, event_id: int) -> HttpResponse:
        chain = causes(event_id)
        if not chain:
            raise Http404
        person = _person(chain, request.user)
        context = {"person": person, "links": _links(chain), "after": tell(consequences([event_id])[:50])}
        return render(request, "desk/why.html", context)


def _person(chain: list[Event], user: User) -> Person | None:
    """Whom it is about. Somebody who may not see that person gets a 404."""
    known = next((e.person_id for e in chain if e.person_id), None)
    if known is None:
        return None
    person: Person | None = Person.objects.visible_to(user).select_related("company").filter(id=known).first()
    if person is None:
        raise Http404
    return person


def _links(chain: list[Event]) -> list[tuple[Moment | None, Event]]:
    told = {m.id: m for m in tell(chain)}
    return [(told.get(e.id), e) for e in reversed(chain)]
