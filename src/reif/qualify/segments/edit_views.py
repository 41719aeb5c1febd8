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
from reif.qualify.segments.rows import NAME, again, blank, next_name, row_of
from reif.qualify.segments.sheet import Sheet
from reif.qualify.segments.views import WRITERS, segment_of
from reif.rules.decode import BadPredicate
from reif.rules.form import parse
from reif.rules.words import say
from reif.staff.views import Desk, StaffRequest


def _shown(sheet: Sheet, **more: Any) -> dict[str, Any]:
    form = sheet.form
    groups = (
        [(g.name, g.match, [row_of(r) for r in g.rows] or [blank(f"{g.name}.r0")]) for g in form.groups] if form else []
    )
    return {"sheet": sheet, "match": form.match if form else "all", "boxes": groups, "flat": form is not None,
            "said": say(sheet.when, get_language() or "de"), **more}  # fmt: skip


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
        return render(request, "qualify/segments/edit.html", _shown(sheet))

    def post(self, request: StaffRequest, key: str = "") -> HttpResponse:
        if key:
            segment_of(key)
        sheet = Sheet.of(request.POST, key)
        if sheet.problem:
            return render(request, "qualify/segments/edit.html", _shown(sheet, problem=sheet.problem), status=422)
        try:
            made = sheet.key
            done = sheet.publish(request.user)
        except Refused as refused:
            sentence = " ".join(f"{p.sentence} {p.remedy}".strip() for p in refused.problems)
            return render(request, "qualify/segments/edit.html", _shown(sheet, problem=sentence), status=422)
        except Overtaken as overtaken:
            context = _shown(sheet, problem=str(overtaken), overtaken=revision())
            return render(request, "qualify/segments/edit.html", context, status=409)
        messages.success(
            request, _("Published as revision %(revision)s. People are being sorted in.") % {"revision": done.short}
        )
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
        try:
            predicate = parse(request.POST)
        except BadPredicate as bad:
            sentence = f"{bad.sentence} {bad.remedy}".strip()
            return render(request, "qualify/segments/_count.html", {"problem": sentence})
        found = preview(predicate, request.user, bool(request.GET.get("exact")))
        context = {"found": found, "said": say(predicate, get_language() or "de")}
        return render(request, "qualify/segments/_count.html", context)
