"""The list of segments, and the page of one with its people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reif.crm.models import Member, Person
from reif.playbook.apply import Overtaken
from reif.playbook.current import current, revision
from reif.playbook.problem import Refused
from reif.qualify.segments.fixed import fixed_keys, put_in, take_out
from reif.qualify.segments.growth import growth, sizes
from reif.qualify.segments.sheet import publish
from reif.qualify.segments.used import uses
from reif.qualify.ways import Segment, words_of
from reif.rules.words import say
from reif.staff.keyset import keyset_page
from reif.staff.models import Role
from reif.staff.panels import panels_for
from reif.staff.views import EVERYONE, Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})
SELLING = WRITERS | {Role.MANAGER, Role.SELLER}


def segment_of(key: str) -> Segment:
    """Raises Http404."""
    found: Segment | None = next((s for s in current("segments").segments if s.key == key), None)
    if found is None:
        raise Http404
    return found


def described(segment: Segment) -> dict[str, Any]:
    """Name and condition in the reader's language."""
    language = get_language() or "de"
    when = say(segment.when, language) if segment.when is not None else _("Fixed: people are put into it")
    return {"segment": segment, "name": words_of(segment, language), "when": when, "fixed": segment.when is None}


class SegmentsView(Desk):  # /segments?archived=1
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        archived = bool(request.GET.get("archived"))
        known = [s for s in current("segments").segments if s.archived is archived]
        counts, places = sizes(), uses()
        lines = growth({s.key: counts.get(s.key, 0) for s in known})
        rows = [
            described(s) | {"people": counts.get(s.key, 0), "line": lines[s.key], "uses": places.get(s.key, ()),
                            "delta": lines[s.key][-1] - lines[s.key][0]}
            for s in known
        ]  # fmt: skip
        context = {"rows": rows, "archived": archived, "may_write": request.user.role in WRITERS}
        return render(request, "qualify/segments/list.html", context)


class SegmentView(Desk):  # /segments/hot?after=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        segment = segment_of(key)
        count = Member.objects.filter(segment=key).count()
        seen = Member.objects.filter(segment=key, person__in=Person.objects.living().visible_to(request.user))
        rows: QuerySet[Member] = seen.select_related("person", "person__company")
        context = described(segment) | {
            "page": keyset_page(rows, request.GET.get("after", ""), "person_id"), "people": count,
            "line": growth({key: count})[key], "uses": uses().get(key, ()), "revision": revision(),
            "panels": panels_for("segment.used", request, segment=key), "may_write": request.user.role in WRITERS,
            "may_fill": request.user.role in SELLING and segment.when is None,
        }  # fmt: skip
        return render(request, "qualify/segments/one.html", context)


class SegmentMembersView(Desk):  # /segments/members: POST segment, person…, addresses, do=add|remove
    roles: ClassVar[frozenset[str]] = SELLING

    def post(self, request: StaffRequest) -> HttpResponse:
        key = request.POST.get("segment", "")
        if key not in fixed_keys():
            messages.error(request, _("People are put into fixed segments only; the others follow their condition."))
            return redirect("qualify:segments")
        seen = Person.objects.living().visible_to(request.user)
        told = [
            a.strip().lower() for a in request.POST.get("addresses", "").replace(",", "\n").split("\n") if a.strip()
        ]
        chosen = [int(n) for n in request.POST.getlist("person") if n.isdecimal()][:5000]
        ids = [
            *seen.filter(pk__in=chosen).values_list("pk", flat=True),
            *seen.filter(email__in=told).values_list("pk", flat=True),
        ]
        if request.POST.get("do") == "remove":
            n = take_out(key, ids, by=request.user.pk)
            text = ngettext("%(n)s person taken out.", "%(n)s people taken out.", n)
        else:
            n = put_in(key, ids, by=request.user.pk)
            text = ngettext("%(n)s person put into the segment.", "%(n)s people put into the segment.", n)
        messages.success(request, text % {"n": n})
        return redirect("qualify:segment", key)


class SegmentArchiveView(Desk):  # /segments/hot/archive: POST on=1|0
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, key: str) -> HttpResponse:
        old, on = segment_of(key), request.POST.get("on") == "1"
        try:
            publish(Segment(old.key, old.when, old.words, on), request.user)
            messages.success(request, _("The segment is archived.") if on else _("The segment is back."))
        except (Refused, Overtaken) as error:
            sentence = error.problems[0].sentence if isinstance(error, Refused) else str(error)
            messages.error(request, _("It is still used: %(what)s") % {"what": sentence} if on else sentence)
        return redirect("qualify:segments")
