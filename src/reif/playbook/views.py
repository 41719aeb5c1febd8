"""The playbook on pages: what is in force, what it was, and the way back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.playbook.apply import Overtaken, revert
from reif.playbook.archive import archive
from reif.playbook.command import said_now
from reif.playbook.current import book, revision
from reif.playbook.diff import diff
from reif.playbook.edit import Edit
from reif.playbook.history import history
from reif.playbook.models import Active, Revision
from reif.playbook.section import Section, sections
from reif.playbook.story import sizes, story
from reif.playbook.write_toml import write_toml
from reif.staff.models import Role
from reif.staff.panels import panels_for
from reif.staff.views import EVERYONE, Desk, StaffRequest

WRITERS = frozenset({Role.ADMIN, Role.MARKETING})


class PlaybookView(Desk):  # /playbook
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        said = said_now()
        pointed = Active.objects.select_related("activation__revision", "activation__by").first()
        rows = [(section, sizes(said[name]) if name in said else "") for name, section in sections().items()]
        context = {"rows": rows, "active": pointed and pointed.activation, "history": history(30)}
        return render(request, "playbook/playbook.html", context)


class SectionView(Desk):  # /playbook/sections/scoring
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, name: str) -> HttpResponse:
        said = said_now().get(_section(name).name, {})
        context = {"section": _section(name), "blocks": story(said), "may_write": request.user.role in WRITERS}
        return render(request, "playbook/section.html", context)


class TextView(Desk):  # /playbook/sections/scoring/text: read, check (do=check) and publish the file of a section
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, name: str) -> HttpResponse:
        text = write_toml(said_now().get(_section(name).name, {}))
        return render(request, "playbook/text.html", {"section": _section(name), "text": text, "expected": revision()})

    def post(self, request: StaffRequest, name: str) -> HttpResponse:
        edit = Edit.of(request.POST, _section(name))
        if edit.problems or request.POST.get("do") == "check":
            return render(request, "playbook/text.html", edit.shown(), status=422 if edit.problems else 200)
        try:
            done = edit.publish(request.user)
        except Overtaken as overtaken:
            return render(request, "playbook/text.html", edit.shown(overtaken=str(overtaken)), status=409)
        messages.success(request, _("Revision %(revision)s is in force.") % {"revision": done.short})
        return redirect("playbook:section", name)


class RevisionView(Desk):  # /playbook/revisions/4
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        chosen = get_object_or_404(Revision.objects.select_related("by", "parent"), pk=pk)
        context: dict[str, Any] = {
            "revision": chosen,
            "changes": diff(chosen.parent.said if chosen.parent else {}, chosen.said),
            "back": diff(said_now(), chosen.said),
            "now": revision(),
            "may_write": request.user.role in WRITERS,
            "panels": panels_for("playbook.revision", request, revision=chosen),
        }
        return render(request, "playbook/revision.html", context)


class ActiveView(Desk):  # /playbook/active: POST puts an earlier revision in force
    roles: ClassVar[frozenset[str]] = WRITERS

    def post(self, request: StaffRequest) -> HttpResponse:
        chosen = get_object_or_404(Revision, pk=request.POST.get("revision") or 0)
        try:
            revert(chosen, by=request.user, expected=int(request.POST.get("expected") or 0))
            messages.success(request, _("Revision %(revision)s is in force.") % {"revision": chosen.short})
        except Overtaken as overtaken:
            messages.error(request, str(overtaken))
        return redirect("playbook:playbook")


class ArchiveView(Desk):  # /playbook/files.zip
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        answer = HttpResponse(archive(said_now(), book().hash), content_type="application/zip")
        answer["Content-Disposition"] = 'attachment; filename="playbook.zip"'
        return answer


def _section(name: str) -> Section:
    if name not in sections():
        raise Http404
    return sections()[name]
