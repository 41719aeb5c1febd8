"""The editor of a segment: rows of conditions, people counted while one types, published through the playbook."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.playbook.apply import Overtaken
from reif.playbook.current import revision
from reif.playbook.problem import Refused
from reif.qualify.segments.preview import preview
from reif.qualify.segments.rows import NAME, again, blank, boxes_of, next_name, row_names, row_of
from reif.qualify.segments.sheet import Sheet
from reif.qualify.segments.views import WRITERS, segment_of
from reif.rules.parse import so_far, wrong
from reif.rules.words import say
from reif.staff.views import Desk, StaffRequest


def _shown(sheet: Sheet, **more: Any) -> dict[str, Any]:
    form = sheet.form
    groups = (
        [(g.name, g.match, [row_of(r) for r in g.rows] or [blank(f"{g.name}.r0")]) for g in form.groups] if form else []
    )
    return {"sheet": sheet, "match": form.match if form else "all", "boxes": groups, "flat": form is not None,
            "said": say(sheet.when, get_language() or "de"), **more}  # fmt: skip


def _refused(request: StaffRequest, sheet: Sheet, status: int, problem: str, **more: Any) -> HttpResponse:
    """The form with everything that was typed, also where it cannot be read."""
    typed = {"match": request.POST.get("match", "all"), "boxes": boxes_of(request.POST), "flat": True}
    context = _shown(sheet, problem=problem, **more) | (typed if row_names(request.POST) else {})
    return render(request, "qualify/segments/edit.html", context, status=status)


class SegmentEditView(Desk):  # /segments/new, /segments/hot/edit
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, key: str = "") -> HttpResponse:
        if key:
            sheet = Sheet.showing(segment_of(key), revision())
        else:
            sent = QueryDict(mutable=True)
            sent.update(request.GET)
            for name in request.GET:
                sent.setlist(name, request.GET.getlist(name))
            drawn = Sheet.of(sent, "")
            sheet = Sheet("", {}, request.GET.get("sort") == "fixed", drawn.when, "", revision())
        left_out = request.GET.get("left_out", "").strip()[:80]
        return render(request, "qualify/segments/edit.html", _shown(sheet, left_out=left_out))

    def post(self, request: StaffRequest, key: str = "") -> HttpResponse:
        if key:
            segment_of(key)
        sheet = Sheet.of(request.POST, key)
        if sheet.problem:
            return _refused(request, sheet, 422, sheet.problem)
        try:
            made = sheet.key
            done = sheet.publish(request.user)
        except Refused as refused:
            sentence = " ".join(f"{p.sentence} {p.remedy}".strip() for p in refused.problems)
            return _refused(request, sheet, 422, sentence)
        except Overtaken as overtaken:
            return _refused(request, sheet, 409, str(overtaken), overtaken=revision())
        if sheet.fixed:
            words = _("Published as revision %(revision)s.")
        else:
            words = _("Published as revision %(revision)s. People are being sorted in.")
        messages.success(request, words % {"revision": done.short})
        return redirect("qualify:segment", made)


class SegmentRowView(Desk):  # /segments/row?row=g0.r1 or group=g0 or group=new, with the whole form
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        name = request.GET.get("row", "")
        if NAME.fullmatch(name):
            answer = render(request, "qualify/segments/_row.html", {"row": again(request.GET, name)})
        elif request.GET.get("gone"):
            answer = HttpResponse("")
        else:
            group = request.GET.get("group", "g0")
            made = next_name(request.GET, group)
            row = blank(made)
            if group == "new":
                context = {"group": made.partition(".")[0], "match_of": "all", "rows": [row]}
                answer = render(request, "qualify/segments/_group.html", context)
            else:
                answer = render(request, "qualify/segments/_row.html", {"row": row})
        answer["HX-Trigger"] = "counted"
        return answer


class SegmentCountView(Desk):  # /segments/count: POST the form; exact=1 counts everybody
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest) -> HttpResponse:
        """Rows that cannot be read yet are left out of it, and named without alarm: somebody is typing them."""
        predicate, unread = so_far(request.POST)
        found = preview(predicate, request.user, bool(request.GET.get("exact")))
        context = {"found": found, "said": say(predicate, get_language() or "de"),
                   "unread": [wrong(request.POST, bad) for bad in unread]}  # fmt: skip
        return render(request, "qualify/segments/_count.html", context)
