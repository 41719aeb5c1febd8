"""The list of imports, a new one, and the page of one, which is where it stands: decisions, progress, or report."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.capture.imports.desk.report import report
from reif.capture.imports.receive import receive
from reif.capture.imports.run import cancel
from reif.capture.imports.skip_file import skip_file
from reif.capture.imports.table import BadFile
from reif.capture.imports.to_inform import to_inform
from reif.capture.imports.undo import NotPossible, undo
from reif.capture.imports.words import file_words
from reif.capture.models import Import
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST})
WRITERS = frozenset({Role.ADMIN, Role.MARKETING})
_PAGE = 50


class ImportDesk(Desk):
    """Marketing and admin import; analysts see what came in."""

    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    def the(self, pk: int) -> Import:
        return get_object_or_404(Import.objects.select_related("by"), pk=pk)

    @property
    def writes(self) -> bool:
        return self.request.user.role in WRITERS


class ImportsView(ImportDesk):  # /imports
    def get(self, request: StaffRequest, trouble: BadFile | None = None) -> HttpResponse:
        before = request.GET.get("before", "")
        rows = Import.objects.select_related("by").order_by("-id")
        page = list((rows.filter(id__lt=int(before)) if before.isdigit() else rows)[: _PAGE + 1])
        more = page[_PAGE - 1].pk if len(page) > _PAGE else None
        context: dict[str, Any] = {"imports": page[:_PAGE], "more": more, "writes": self.writes}
        context["trouble"] = file_words(trouble.key, trouble.values) if trouble else None
        return render(request, "capture/imports/list.html", context, status=422 if trouble else 200)

    def post(self, request: StaffRequest) -> HttpResponse:
        """A file: what is understood of it is the next page."""
        sent = request.FILES.get("file")
        if sent is None:
            return self.get(request, BadFile("empty"))
        try:
            kind = "companies" if request.POST.get("kind") == "companies" else "people"
            draft = receive(sent.chunks(), sent.name or "", request.user, kind=kind)
        except BadFile as error:
            return self.get(request, error)
        return redirect("capture:import", draft.pk)


class ImportView(ImportDesk):  # /imports/3
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        one = self.the(pk)
        if one.state == Import.State.DRAFT:
            return redirect("capture:import_mapping", pk)
        context: dict[str, Any] = {"one": one, "writes": self.writes}
        if not one.is_open:
            context |= report(one)
        return render(request, "capture/imports/one.html", context)


class ProgressView(ImportDesk):  # /imports/3/progress
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The piece that asks for itself again; at the end the whole page comes."""
        one = self.the(pk)
        response = render(request, "capture/imports/_progress.html", {"one": one, "writes": self.writes})
        if not one.is_open:
            response["HX-Refresh"] = "true"
        return response


class CancelView(ImportDesk):  # /imports/3/cancellation
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        one = self.the(pk)
        if one.state == Import.State.DRAFT:
            cancel(one)
            one.delete()
            return redirect("capture:imports")
        if cancel(one):
            messages.success(request, _("Stopped. What was taken over is there and can be undone."))
        return redirect("capture:import", pk)


class UndoView(ImportDesk):  # /imports/3/undo
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        try:
            undo(self.the(pk))
        except NotPossible as error:
            messages.error(request, str(error))
        return redirect("capture:import", pk)


class SkippedView(ImportDesk):  # /imports/3/skipped.csv
    def get(self, request: StaffRequest, pk: int) -> HttpResponseBase:
        one = self.the(pk)
        return _csv(skip_file(one), f"import-{one.pk}-skipped.csv")


class InformView(ImportDesk):  # /imports/3/inform.csv
    roles = WRITERS

    def get(self, request: StaffRequest, pk: int) -> HttpResponseBase:
        """Whom GDPR Art. 14 wants to be told within a month where their data come from."""
        one = self.the(pk)
        if not one.rows:
            raise Http404
        return _csv(to_inform(one), f"import-{one.pk}-inform.csv")


def _csv(lines: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse((line.encode() for line in lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
