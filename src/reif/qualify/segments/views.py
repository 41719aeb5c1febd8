"""The list of segments, and the page of one with its people."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.crm.models import Member, Person
from reif.playbook.apply import Overtaken
from reif.playbook.current import current, revision
from reif.playbook.problem import Refused
from reif.qualify.models import Sorting
from reif.qualify.segments.choice import matching
from reif.qualify.segments.fill import SELLING
from reif.qualify.segments.fill_views import filling_of
from reif.qualify.segments.growth import growth, sizes
from reif.qualify.segments.sheet import publish, remove
from reif.qualify.segments.sort import ON_ITS_WAY
from reif.qualify.segments.used import uses
from reif.qualify.ways import Segment, words_of
from reif.rules.form import NotFlat, pairs
from reif.rules.predicates import Is
from reif.rules.words import say
from reif.staff.keyset import keyset_page
from reif.staff.models import Role, User
from reif.staff.views import EVERYONE, Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})

SHOWN, FEW = 100, 10
"""Segments on one page of the list; so many are found without a search."""


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


class SegmentsView(Desk):  # /segments?archived=1&q=gro&page=2
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        archived = bool(request.GET.get("archived"))
        known, page = [s for s in current("segments").segments if s.archived is archived], _page(request)
        whole, text, language = len(known), request.GET.get("q", "").strip()[:80], get_language() or "de"
        if text:
            found = dict(matching(text, {s.key: words_of(s, language) for s in known}))
            known = [s for s in known if s.key in found]
        more, known = len(known) > page * SHOWN, known[(page - 1) * SHOWN : page * SHOWN]
        counts, places = sizes(), uses()
        going = {s.segment: s for s in Sorting.objects.filter(state__in=ON_ITS_WAY)}
        lines = growth({s.key: counts.get(s.key, 0) for s in known})
        rows = [
            described(s) | {"people": counts.get(s.key, 0), "line": lines[s.key], "uses": places.get(s.key, ()),
                            "sorting": going.get(s.key), "delta": lines[s.key][-1] - lines[s.key][0]}
            for s in known
        ]  # fmt: skip
        context = {
            "rows": rows,
            "q": text,
            "search": whole > FEW or text,
            "more": page + 1 if more else 0,
            "archived": archived,
            "may_write": request.user.role in WRITERS,
        }
        return render(request, "qualify/segments/list.html", context)


def _page(request: StaffRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 5 else 1


class SegmentView(Desk):  # /segments/hot?after=
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, key: str) -> HttpResponse:
        segment = segment_of(key)
        return shown(request, segment)


def shown(request: StaffRequest, segment: Segment, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a segment with its people."""
    key, count = segment.key, sizes().get(segment.key, 0)
    rows = members_for(request.user, key).select_related("person", "person__company")
    context = described(segment) | {
        "page": keyset_page(rows, request.GET.get("after", ""), "person_id"), "people": count, "further": "after" in request.GET,
        "line": growth({key: count})[key], "uses": uses().get(key, ()), "revision": revision(),
        "filling": filling_of(key) if segment.when is None else None, "found": urlencode(pairs(Is("segment", "is", key))),
        "sorting": Sorting.objects.filter(segment=key).first(), "may_write": request.user.role in WRITERS,
        "may_fill": request.user.role in SELLING and segment.when is None and not segment.archived,
        "may_export": request.user.role in SELLING, "copy": _copy(segment),
    }  # fmt: skip
    return render(request, "qualify/segments/one.html", context | more, status=status)


def _copy(segment: Segment) -> str:
    """The address of a new one with the same condition; nothing when it has none, or more brackets than the form."""
    try:
        return urlencode(pairs(segment.when)) if segment.when is not None else ""
    except NotFlat:
        return ""


def members_for(user: User, key: str) -> QuerySet[Member]:
    """Who is in it, of those whom this user sees."""
    members = Member.objects.filter(segment=key)
    return members.filter(person__in=Person.objects.visible_to(user)) if user.role == Role.SELLER else members


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
            return redirect("qualify:segment", key)
        return redirect("qualify:segments")


class SegmentRemovalView(Desk):  # /segments/hot/removal: POST
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, key: str) -> HttpResponse:
        """Taken out of the playbook; refused with the places that ask for it."""
        name = described(segment_of(key))["name"]
        if places := uses().get(key):
            where = ", ".join(map(str, places[:5]))
            sentence = _("“%(name)s” cannot be deleted: %(where)s still ask for it. Change that first, or archive it.")
            messages.error(request, sentence % {"name": name, "where": where})
            return redirect("qualify:segment", key)
        try:
            remove(key, request.user)
        except (Refused, Overtaken) as error:
            messages.error(request, error.problems[0].sentence if isinstance(error, Refused) else str(error))
            return redirect("qualify:segment", key)
        messages.success(request, _("“%(name)s” is deleted. The page of revisions brings it back.") % {"name": name})
        return redirect("qualify:segments")
