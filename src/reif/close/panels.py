"""What closing draws on pages of other rooms: the agenda, and the next step with a person."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from reif.close.agenda import agenda
from reif.crm.models import Person
from reif.staff.models import User


def draw_agenda(request: HttpRequest) -> str:
    """For the inbox: what the reader has planned."""
    assert isinstance(request.user, User)
    return render_to_string("close/_agenda.html", {"spans": agenda(request.user), "may_write": True}, request)


def draw_next_step(request: HttpRequest, person: Person) -> str:
    """Buttons: plan a call, a demo, a meeting, a task; open a deal."""
    return render_to_string("close/_next_step.html", {"person": person}, request)
