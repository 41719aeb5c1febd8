"""The first page after signing in: today's numbers, and what waits for you."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, get_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reif.analyse.today import numbers
from reif.crm.models import Activity, Person
from reif.desk.pictures import pipeline, sources
from reif.desk.start import start
from reif.desk.story import tell
from reif.desk.todo import todo
from reif.kit.clock import now
from reif.log.models import Event
from reif.route.models import Assignment
from reif.staff.models import Role, User
from reif.staff.views import EVERYONE, Desk, StaffRequest

HAPPENED = ("person.staged", "deal.won", "deal.opened", "assignment.accepted", "assignment.rejected", "sla.breached")
SELLING = frozenset({Role.SELLER, Role.MANAGER})
LEARNING = frozenset({Role.MARKETING, Role.ANALYST, Role.ADMIN, Role.MANAGER})


class HomeView(Desk):  # /
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        user = request.user
        context: dict[str, Any] = {
            "greeting": _greeting(user),
            "today": date_format(localtime(now()), "l, " + get_format("DATE_FORMAT")),
            "numbers": numbers(user),
            "happened": _happened(user),
            "warm": _warm(user),
            "todo": todo(user),
            "sources": sources(user) if user.role in LEARNING else [],
            "pipeline": pipeline(user) if user.role in SELLING else [],
            "start": start(user) if not Person.objects.exists() else None,
        }
        if user.role in SELLING:
            context |= {"waiting": _waiting(user), "planned": _planned(user)}
        return render(request, "desk/home.html", context)


def _greeting(user: User) -> str:
    hour = localtime(now()).hour
    words = _("Good morning") if hour < 11 else _("Good day") if hour < 18 else _("Good evening")
    return f"{words}, {user.first_name}" if user.first_name else words


def _waiting(user: User) -> list[Assignment]:
    mine = Assignment.objects.filter(state="offered").select_related("person", "person__company", "owner")
    if user.role == Role.SELLER:
        mine = mine.filter(owner=user)
    return list(mine.order_by("due_at")[:6])


def _planned(user: User) -> list[Activity]:
    planned = Activity.objects.planned().select_related("person", "owner")
    return list((planned.filter(owner=user) if user.role == Role.SELLER else planned).order_by("due_at")[:6])


def _warm(user: User) -> list[Person]:
    """Those closest to being handed over."""
    people = Person.objects.living().visible_to(user).filter(stage__in=("lead", "mql")).select_related("company")
    return list(people.order_by("-score", "-id")[:6])


def _happened(user: User) -> list[Any]:
    """The last things that mattered, about people the user may see."""
    rows = list(Event.objects.filter(kind__in=HAPPENED, at__lte=now()).order_by("-id")[:60])
    visible = {
        p.pk: p
        for p in Person.objects.visible_to(user).filter(pk__in={e.person_id for e in rows}).select_related("company")
    }
    shown = [e for e in rows if e.person_id in visible and e.topic not in ("lead", "subscriber")][:10]
    return [(m, visible[e.person_id]) for m, e in zip(tell(shown), shown, strict=True)]
