"""What came in by a form: the list, one submission with its evidence, the file for a spreadsheet, handed-in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reif.capture.forms.answers import answers_of
from reif.capture.forms.desk.pages import READERS, WRITERS, find, frame
from reif.capture.forms.form_file import Form
from reif.capture.forms.uploads import place
from reif.capture.models import Submission, Upload
from reif.crm.models import Consent
from reif.kit.safe_csv import lines
from reif.rules.within import Within
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk, StaffRequest

CHUNK = 500
WAYS: dict[str, Any] = {
    "page": gettext_lazy("on a page of ours"), "embed": gettext_lazy("embedded by script"),
    "frame": gettext_lazy("in a frame"), "html": gettext_lazy("as plain HTML"),
    "hubspot": gettext_lazy("by the address for HubSpot forms"),
}  # fmt: skip


class SentView(Desk):  # /forms/demo/submissions?segment=large&after=…
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        form, language, within = find(slug), (get_language() or "de")[:2], Within.of(request.GET)
        rows = (
            Submission.objects.filter(within.people("person"), form=slug)
            .select_related("person__company")
            .prefetch_related("uploads")
        )
        page = keyset_page(rows, request.GET.get("after", ""), "at")
        shown = [(row, answers_of(row, form, language)) for row in page.rows]
        context = frame(form, request, "sent") | within.drawn(request)
        context |= {"rows": shown, "after": page.after, "later": request.GET.get("after")}
        return render(request, "capture/desk/sent.html", context)


class OneSentView(Desk):  # /forms/demo/submissions/7
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, slug: str, pk: int) -> HttpResponse:
        rows = Submission.objects.select_related("person__company", "visitor").prefetch_related("uploads")
        row = get_object_or_404(rows, pk=pk, form=slug)
        form, language = find(slug), (get_language() or "de")[:2]
        consents = _consents(row)
        context = frame(form, request, "sent") | {
            "row": row, "answers": answers_of(row, form, language), "consents": consents, "way": WAYS.get(row.via, row.via),
        }  # fmt: skip
        return render(request, "capture/desk/one_sent.html", context)


class CsvView(Desk):  # /forms/demo/submissions.csv?segment=large
    """Personal data leave the house here, so analysts may not."""

    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponseBase:
        form, language = find(slug), (get_language() or "de")[:2]
        separator = ";" if language == "de" else ","
        answer = StreamingHttpResponse(
            lines(_rows(form, language, Within.of(request.GET)), separator), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
        return answer


class UploadView(Desk):  # /forms/demo/uploads/3
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, slug: str, pk: int) -> HttpResponseBase:
        upload = get_object_or_404(Upload, pk=pk, form=slug, submission__isnull=False)
        path = place(upload)
        if not path.is_file():
            raise Http404
        answer = FileResponse(path.open("rb"), as_attachment=True, filename=upload.name, content_type=upload.mime)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cache-Control"] = "private, no-store"
        return answer


def _consents(row: Submission) -> list[Consent]:
    """What was asked for with this form, the confirmed ones and the others."""
    return [asked.consent for asked in row.asked.select_related("consent")]


def _rows(form: Form, language: str, within: Within) -> Iterator[list[object]]:
    fields = form.questions
    head = [_("Time"), _("Person"), *(f.label.in_(language) or f.name for f in fields)]
    yield [*head, _("Source"), _("Page"), _("Variant")]
    newest: int | None = None
    while True:
        rows = Submission.objects.filter(within.people("person"), form=form.slug).order_by("-pk")
        rows = rows.select_related("person") if newest is None else rows.filter(pk__lt=newest).select_related("person")
        found = list(rows[:CHUNK])
        for row in found:
            yield [
                f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}", row.person.name if row.person else "",
                *(_text(row.data.get(f.name, "")) for f in fields), row.source, row.url, row.variant,
            ]  # fmt: skip
        if len(found) < CHUNK:
            return
        newest = found[-1].pk


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
