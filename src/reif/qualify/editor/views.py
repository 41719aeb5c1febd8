"""The editor of scoring models: a draft that is kept, with what it would do on real people, until it is published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.playbook.apply import Overtaken
from reif.playbook.current import current, revision
from reif.playbook.plain import plain
from reif.playbook.problem import Refused
from reif.playbook.write_toml import write_toml
from reif.qualify.board.views import tabs
from reif.qualify.editor import drafts
from reif.qualify.editor.changes import changes
from reif.qualify.editor.frame import BadFrame, with_frame
from reif.qualify.editor.part_lines import part_lines
from reif.qualify.editor.seen import seen
from reif.qualify.ways import Model
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})


class DraftView(Desk):  # /scoring/draft?model=main: see, publish (POST), throw away (DELETE, or do=drop)
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        return render(request, "qualify/editor/draft.html", _context(request.GET.get("model", "")))

    def post(self, request: StaffRequest) -> HttpResponse:
        if request.POST.get("do") == "drop":
            drafts.throw_away()
            return redirect("qualify:draft")
        try:
            made = drafts.publish(request.user, request.POST.get("note", ""))
        except (Overtaken, Refused) as refused:
            status = 409 if isinstance(refused, Overtaken) else 422
            told = {"overtaken": revision() if status == 409 else None}
            return render(request, "qualify/editor/draft.html", _context("", str(refused)) | told, status=status)
        messages.success(request, _("Revision %(revision)s is published.") % {"revision": made.short})
        return redirect("qualify:scoring")


class FrameView(Desk):  # /scoring/draft/main: names, grades and the company's score of a model; a new model for `new`
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest, model: str) -> HttpResponse:
        try:
            scoring, key = with_frame(drafts.edited(), model, request.POST)
        except BadFrame as bad:
            return render(request, "qualify/editor/draft.html", _context(model, str(bad)), status=422)
        drafts.keep(scoring, request.user)
        return redirect(_draft(key))


def _draft(model: str) -> str:
    return f"{reverse('qualify:draft')}?model={model}"


def _context(key: str, error: str = "") -> dict[str, Any]:
    language, scoring = get_language() or "de", drafts.edited()
    model = scoring.model(key) or scoring.main
    found, in_force = seen(model, language), current("scoring")
    before = in_force.model(model.key) or Model(key=model.key)
    return {
        "tabs": tabs(scoring, model, language), "model": model, "kept": drafts.draft(), "error": error, "seen": found,
        "parts": {
            sort: part_lines(getattr(model, name), getattr(before, name), found.found, language)
            for sort, name in drafts.PARTS.items()
        },
        "changes": changes(in_force, scoring, model.key),
        "problems": drafts.problems(scoring), "toml": write_toml(plain(scoring)),
    }  # fmt: skip
