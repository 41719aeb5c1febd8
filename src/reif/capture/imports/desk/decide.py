"""Two pages of decisions: where the columns go, and, after a rehearsal, on which basis the import may run."""

from __future__ import annotations

from itertools import islice
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from reif.capture.imports.desk.bases import BASES
from reif.capture.imports.desk.pages import WRITERS, ImportDesk
from reif.capture.imports.kinds import KINDS
from reif.capture.imports.mappings import remember
from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import Answer, Options, answer_of, options_of
from reif.capture.imports.receive import path_of, understand
from reif.capture.imports.rehearse import rehearse
from reif.capture.imports.run import start
from reif.capture.imports.segments import fixed_segments
from reif.capture.imports.table import BadFile
from reif.capture.imports.targets import TRAIT
from reif.capture.imports.words import file_words
from reif.capture.models import Import
from reif.crm.models import Stage
from reif.staff.views import StaffRequest

REHEARSED = 2000
COUNTRIES = ("CH", "DE", "AT", "LI", "FR", "IT", "NL", "BE", "LU", "GB", "US")


class MappingView(ImportDesk):  # /imports/3/mapping
    roles = WRITERS

    def get(self, request: StaffRequest, pk: int, trouble: str = "") -> HttpResponse:
        one = self.the(pk)
        if one.state != Import.State.DRAFT:
            return redirect("capture:import", pk)
        words = file_words(trouble, {}) if trouble else None
        context = {
            "one": one,
            "columns": _columns(one),
            "target_groups": _groups(one),
            "options": options_of(one.options),
        }
        context |= {"stages": Stage.choices, "countries": COUNTRIES, "trouble": words, "step": 2}
        context["segments"] = fixed_segments(get_language() or "de")
        return render(request, "capture/imports/mapping.html", context, status=422 if words else 200)

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Another sheet is read at once; otherwise the decisions are kept, and the rehearsal follows."""
        one = self.the(pk)
        if one.state != Import.State.DRAFT:
            return redirect("capture:import", pk)
        sheet = request.POST.get("sheet", "")
        if sheet and sheet != one.about.get("sheet"):
            return self._other_sheet(one, sheet)
        one.name = request.POST.get("name", "").strip()[:120] or one.name
        one.mapping = [_target(request, one, n, heading) for n, heading in enumerate(one.headings)]
        one.options = msgspec.to_builtins(_options(request, one))
        one.save(update_fields=["name", "mapping", "options"])
        if lack := KINDS[one.kind].lacks(one.mapping):
            return self.get(request, pk, lack)
        return redirect("capture:import_rehearsal", pk)

    def _other_sheet(self, one: Import, sheet: str) -> HttpResponse:
        try:
            understand(one, open_file(path_of(one), sheet), options_of(one.options))
            one.save()
        except BadFile as error:
            messages.error(self.request, file_words(error.key, error.values).sentence)
        return redirect("capture:import_mapping", one.pk)


class RehearsalView(ImportDesk):  # /imports/3/rehearsal
    roles = WRITERS

    def get(self, request: StaffRequest, pk: int, trouble: str = "") -> HttpResponse:
        one = self.the(pk)
        if one.state != Import.State.DRAFT:
            return redirect("capture:import", pk)
        try:
            told = rehearse(one, open_file(path_of(one), options_of(one.options).sheet, one.about), REHEARSED)
        except BadFile as error:
            messages.error(request, file_words(error.key, error.values).sentence)
            return redirect("capture:imports")
        sent = answer_from(request) if request.method == "POST" else answer_of(one.basis)
        context = {"one": one, "told": told, "answer": sent, "bases": BASES, "step": 3}
        context |= {"trouble": file_words(trouble, {}) if trouble else None, "opt_out": "opt_out" in one.mapping}
        return render(request, "capture/imports/rehearsal.html", context, status=422 if trouble else 200)

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The answer about the basis; with it the import may run."""
        one, answer = self.the(pk), answer_from(request)
        if one.kind == "people" and answer.lacks:
            return self.get(request, pk, answer.lacks)
        if KINDS[one.kind].lacks(one.mapping):
            return redirect("capture:import_mapping", pk)
        one.basis = msgspec.to_builtins(answer)
        one.save(update_fields=["basis"])
        remember(one.headings, one.mapping, one.options, one.kind)
        start(one)
        return redirect("capture:import", pk)


def answer_from(request: StaffRequest) -> Answer:
    told = request.POST
    return Answer(
        basis=told.get("basis", ""), mail="yes" if told.get("mail") == "yes" else "no",
        evidence=told.get("evidence", "").strip()[:2000], informed=told.get("informed") == "on",
    )  # fmt: skip


def _target(request: StaffRequest, one: Import, number: int, heading: str) -> str:
    told = request.POST.get(f"target_{number}", "")
    if told == "trait":
        return f"{TRAIT}{heading.strip().lower().replace(' ', '_')[:40]}"
    return told if KINDS[one.kind].is_target(told) else ""


def _options(request: StaffRequest, one: Import) -> Options:
    told, before = request.POST, options_of(one.options)
    stage, segment = told.get("stage", ""), told.get("segment", "")
    return msgspec.structs.replace(
        before,
        update="overwrite" if told.get("update") == "overwrite" else "fill",
        twice="first" if told.get("twice") == "first" else "last",
        dates=told["dates"] if told.get("dates") in ("day", "month") else "",
        stage=stage if stage in Stage.values else "",
        segment=segment if segment in fixed_segments("") else "",
        country=told.get("country", before.country) if told.get("country") in COUNTRIES else before.country,
    )


def _columns(one: Import) -> list[dict[str, Any]]:
    table = open_file(path_of(one), options_of(one.options).sheet, one.about)
    sample = [row.cells for row in islice(table.rows(), 200) if not row.broken]
    hows = one.about.get("how", [])
    columns = []
    for number, (heading, target) in enumerate(zip(one.headings, one.mapping, strict=True)):
        values = [row[number].strip() for row in sample if number < len(row) and row[number].strip()]
        how = "remembered" if one.about.get("remembered") else hows[number] if number < len(hows) else ""
        columns.append({
            "number": number, "heading": heading, "target": target, "how": how, "values": list(dict.fromkeys(values))[:3],
            "filled": round(100 * len(values) / len(sample)) if sample else 0, "trait": target.startswith(TRAIT),
            "known": target in KINDS[one.kind].targets,
        })  # fmt: skip
    return columns


def _groups(one: Import) -> list[tuple[object, list[Any]]]:
    kind = KINDS[one.kind]
    return [(label, [t for t in kind.targets.values() if t.group == key]) for key, label in kind.groups]
