"""/sources: the tree, and the lists of people behind its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reif.capture.sources.cohort import RUNGS, Cohort
from reif.capture.sources.tree import Asked, Node, by_week, total, tree
from reif.crm.models import SOURCES, TURNS, Person
from reif.crm.templatetags.touches import heading, source_word, turn_word
from reif.rules.within import Within
from reif.staff.download import csv_file
from reif.staff.keyset import capped_count, keyset_page
from reif.staff.models import Role
from reif.staff.period import CHOICES, Period, period_of
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST, Role.MANAGER})
ORDER = ("first", "lead", "opportunity", "last")
LINES = 5


class Sources(Desk):  # /sources?touch=lead&days=90&segment=large&open=PAID_SEARCH&open=PAID_SEARCH~herbst
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponseBase:
        told = request.GET.get("touch", "")
        turn, period = told if told in TURNS else "lead", period_of(request.GET)
        opened, piece = set(request.GET.getlist("open")), request.GET.get("piece", "")
        asked = Asked(turn, period, within := Within.of(request.GET))
        nodes = tree(asked, opened, only=piece if piece in SOURCES else "")
        context: dict[str, Any] = {"within": within} | {
            "nodes": nodes, "turn": turn, "period": period, "opened": opened, "turns": ORDER, "choices": CHOICES,
            "most": max((int(request.GET["most"]) if request.GET.get("most", "").isdigit() else 0, *(
                node.numbers.people for node in nodes))) if nodes else 0,
        }  # fmt: skip
        if piece in SOURCES:
            return render(request, "capture/_source_branch.html", context | {"node": nodes[0] if nodes else None})
        if request.GET.get("as") == "csv":
            return csv_file(f"sources-{turn}", _TREE, _tree_rows(nodes))
        context |= within.drawn(request) | {"total": total(nodes), "chart": _chart(asked)}
        return render(request, "capture/sources.html", context)


class SourcePeople(Desk):  # /sources/people?touch=lead&from=…&to=…&source=PAID_SEARCH&reached=mql
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponseBase:
        cohort = Cohort.of(request.GET)
        people = cohort.people()
        if request.GET.get("as") == "csv":
            return csv_file("people", _PEOPLE, _people_rows(people, cohort.turn))
        page = keyset_page(people, request.GET.get("after", ""), "touched_at")
        count, more = capped_count(people)
        context: dict[str, Any] = {
            "rows": [(person, getattr(person.origin, cohort.turn)) for person in page.rows], "after": page.after,
            "count": count, "more": more, "cohort": cohort, "chips": _chips(cohort),
            "reached": [("", _("Everybody")), *((stage, stage) for stage in RUNGS)],
        }  # fmt: skip
        return render(request, "capture/source_people.html", context)


def _chips(cohort: Cohort) -> list[str]:
    """What the list was asked for, in words."""
    source = cohort.where.get("source", "")
    found = [turn_word(cohort.turn)] + ([source_word(source)] if source else [])
    for level, name in ((1, "detail_1"), (2, "detail_2")):
        if name in cohort.where:
            found.append(f"{heading(source, level)}: {cohort.where[name] or _('not stated')}")
    if cohort.campaigns:
        found.append(_("Campaign: %(names)s") % {"names": ", ".join(cohort.campaigns)})
    if cohort.within.key:
        found.append(_("Segment: %(name)s") % {"name": cohort.within.words})
    if cohort.period:
        days = (date_format(day, "SHORT_DATE_FORMAT") for day in (cohort.period.first, cohort.period.last))
        found.append(" – ".join(days))
    return found


def _chart(asked: Asked) -> dict[str, Any] | None:
    """People by week of the categories that brought most; nothing for an empty period."""
    x, weeks = _weeks(asked.period), dict[str, dict[date, int]]()
    for n, source, people in by_week(asked, x):
        weeks.setdefault(source, {})[x[n]] = people
    if not weeks:
        return None
    largest = sorted(weeks, key=lambda s: -sum(weeks[s].values()))[:LINES]
    series = [{"name": source_word(s), "values": [weeks[s].get(week, 0) for week in x]} for s in largest]
    return {"x": [week.isoformat() for week in x], "series": series, "stacked": True}


def _weeks(period: Period) -> list[date]:
    """The Mondays of all weeks that the period touches, also of those in which nobody came."""
    first = period.first - timedelta(days=period.first.weekday())
    return [first + timedelta(weeks=n) for n in range((period.last - first).days // 7 + 1)]


_TREE = (
    "source",
    "detail_1",
    "detail_2",
    "people",
    "people_before",
    "leads",
    "mql",
    "sql",
    "customers",
    "cost",
    "cost_per_lead",
)


def _tree_rows(nodes: list[Node]) -> Iterator[tuple[object, ...]]:
    for node in nodes:
        key = (*node.key, "", "")[:3]
        money = ["" if v is None else round(v / 100, 2) for v in (node.cost, node.per_lead)]
        yield (*key, node.numbers.people, node.before, *node.numbers[1:], *money)
        yield from _tree_rows(node.children)


_PEOPLE = ("id", "first_name", "last_name", "email", "company", "stage", "score", "owner", "source", "detail_1", "detail_2",
           "campaign", "touched_at")  # fmt: skip


def _people_rows(people: Any, turn: str) -> Iterator[tuple[object, ...]]:
    for person in people.order_by("-touched_at", "-pk").iterator(chunk_size=1000):
        touch = getattr(person.origin, turn)
        yield (
            person.pk, person.first_name, person.last_name, person.email, _company(person), person.stage, person.score,
            person.owner.name if person.owner else "", touch.source, touch.detail_1, touch.detail_2, touch.campaign,
            touch.at.isoformat(timespec="seconds"),
        )  # fmt: skip


def _company(person: Person) -> str:
    return person.company.name if person.company else person.company_name
