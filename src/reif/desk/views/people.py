"""Everybody: searched, filtered with the rules' own language, sorted, page by page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Person, Stage
from reif.desk.filters import Filter
from reif.rules.found import searched
from reif.staff.keyset import Page, capped_count, keyset_page, keyset_page_with_gaps
from reif.staff.models import Role
from reif.staff.panels import panels_for
from reif.staff.views import EVERYONE, Desk, StaffRequest

SORTS = {
    "score": ("score", True, _("Score")),
    "new": ("created_at", True, _("Newest")),
    "name": ("last_name_fold", False, _("Name")),
    "chance_sql": ("chance_sql", True, _("Chance of becoming SQL")),
    "chance_won": ("chance_won", True, _("Chance of winning")),
}
CHANCES = ("chance_sql", "chance_won")
TABS = (("", _("Everybody")), *((s.value, s.label) for s in Stage if s.value not in ("sal", "evangelist", "other")))


def _found(request: StaffRequest, chosen: Filter) -> QuerySet[Person]:
    people = Person.objects.living().visible_to(request.user).filter(chosen.where(), searched(request.GET))
    found: QuerySet[Person] = people
    return found


def _new_segment(request: StaffRequest, chosen: Filter) -> str:
    """The address part for the editor; nothing where there is no condition yet, or for who may not make any."""
    stage = request.GET.get("stage", "")
    may = request.user.role in (Role.ADMIN, Role.MARKETING) and (chosen.active or stage in Stage.values)
    return chosen.as_segment(request.GET) if may and not chosen.problem else ""


def _page(people: QuerySet[Person], after: str, key: str, descending: bool) -> Page:
    return keyset_page_with_gaps(people, after, key) if key in CHANCES else keyset_page(people, after, key, descending)


def _chance(page: Page, key: str) -> str:
    """Which chance has a column of its own: the one by which the list is sorted, else that of SQL where anybody has one."""
    if key in CHANCES:
        return key
    return next((name for name in CHANCES if any(getattr(person, name) is not None for person in page.rows)), "")


class PeopleView(Desk):  # /people?q=&stage=&sort=&after=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        chosen = Filter.of(request)
        key, descending, label = SORTS.get(request.GET.get("sort", ""), SORTS["score"])
        people = _found(request, chosen).select_related("company", "owner")
        page = _page(people, request.GET.get("after", ""), key, descending)
        asked = request.GET.copy()
        asked.pop("after", None)
        context: dict[str, Any] = {
            "page": page, "filter": chosen, "q": request.GET.get("q", ""), "stage": request.GET.get("stage", ""),
            "sort": request.GET.get("sort", "score"), "sorts": SORTS, "sorted": label, "tabs": TABS,
            "found": asked.urlencode(), "further": "after" in request.GET,
            "bulk": panels_for("people.bulk", request), "new_segment": _new_segment(request, chosen),
            "chance": _chance(page, key), "searched": bool(request.GET.get("q") or request.GET.get("stage") or chosen.active),
        }  # fmt: skip
        template = "desk/_people.html" if request.htmx and request.GET.get("after") is None else "desk/people.html"  # type: ignore[attr-defined]
        return render(request, template, context, status=422 if chosen.problem else 200)


class PeopleCountView(Desk):  # /people/count: asked after the list is drawn
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        count, more = capped_count(_found(request, Filter.of(request)))
        return render(request, "desk/_count.html", {"count": count, "more": more})
