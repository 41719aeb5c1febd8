"""The mapping of a connection: a sample, what goes where, and the person that comes of it, live."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reif.capture.intake.agree import consent_rules
from reif.capture.intake.desk.pages import WRITERS, ConnectionDesk, frame, living
from reif.capture.intake.desk.rows import BLANKS, rows_of, rules_from
from reif.capture.intake.figures import standings
from reif.capture.intake.parse import parsed
from reif.capture.intake.platforms import platform
from reif.capture.intake.presets import preset_of
from reif.capture.intake.rule import TARGETS, TRANSFORMS, ConsentRule, Rule, rules_of
from reif.capture.intake.take import read
from reif.capture.intake.verify import Refused
from reif.capture.intake.words import reason_words
from reif.capture.models.intake import Call, Connection
from reif.crm.models import Source
from reif.staff.views import StaffRequest

MOST = 200_000
BOXES = 2


class MappingView(ConnectionDesk):  # /connections/3/mapping
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        connection = living(pk)
        sample = sample_of(connection, request.GET.get("call", "")) if self.writes else _preset_sample(connection)
        return _page(request, connection, rules_of(connection.mapping), sample, self.writes)

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Save; or, with a sample just pasted, show the page with it."""
        connection = living(pk)
        rules = rules_from(request.POST)
        if "paste" in request.POST:
            sample, problem = _pasted(connection, request.POST.get("pasted", ""))
            if problem:
                sample = _pasted(connection, request.POST.get("sample", ""))[0]
            return _page(
                request, connection, rules, sample, self.writes, problem=problem, status=422 if problem else 200
            )
        connection.mapping = msgspec.to_builtins(rules)
        connection.consents = [msgspec.to_builtins(one) for one in consents_from(request)]
        connection.save(update_fields=["mapping", "consents"])
        messages.success(request, _("The mapping is saved. It holds for the next call."))
        return redirect("capture:connection_mapping", pk)


class PreviewView(ConnectionDesk):  # /connections/3/preview
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        connection = living(pk)
        sample = _pasted(connection, request.POST.get("sample", ""))[0]
        context = {"preview": preview(connection, rules_from(request.POST), sample)}
        return render(request, "capture/connections/_preview.html", context)


def preview(connection: Connection, rules: list[Rule], sample: Any) -> dict[str, Any]:
    """The person that these rules would make of a sample; nothing is written."""
    if not isinstance(sample, dict):
        return {}
    lead = platform(connection.kind).lead(sample)
    connection.mapping = msgspec.to_builtins(rules)
    found = read(connection, lead)
    draft = found.draft
    told = [(TARGETS.get(name, name.removeprefix("traits.")), value) for name, value in found.told.items()]
    rest = [
        (name, value) for name, value in (draft.traits if draft else {}).items() if f"traits.{name}" not in found.told
    ]
    return {
        "problem": reason_words(found.reason) if found.reason else "", "told": told, "rest": rest,
        "name": f"{draft.first_name} {draft.last_name}".strip() or draft.email if draft else "", "draft": draft,
        "source": dict(Source.choices).get(draft.source, "") if draft else "",
    }  # fmt: skip


def sample_of(connection: Connection, wanted: str = "") -> Any:
    """A call that is kept: the wanted one, else the latest; else what the preset knows."""
    kept = Call.objects.filter(connection=connection).exclude(sealed="")
    call = kept.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 18 else None
    call = call or kept.exclude(state=Call.State.WAITING).order_by("-at").first()
    return call.data if call else _preset_sample(connection)


def consents_from(request: HttpRequest) -> list[ConsentRule]:
    """The boxes that were entered; one needs a path and words, or the words of the platform."""
    found = []
    for number in range(BOXES):
        told = {
            name: request.POST.get(f"box_{name}_{number}", "").strip()
            for name in ("path", "purpose", "text", "version")
        }
        if told["path"]:
            found.append(
                ConsentRule(
                    told["path"][:200], told["purpose"][:32] or "marketing", told["text"][:5000], told["version"][:32]
                )
            )
    return found


def _preset_sample(connection: Connection) -> Any:
    return preset_of(connection.preset, connection.kind).sample


def _pasted(connection: Connection, text: str) -> tuple[Any, str]:
    """A pasted call as one lead's data, or a sentence about what is wrong with it."""
    if len(text) > MOST:
        return None, _("The sample is too long. One lead is enough.")
    try:
        told = parsed(text.encode("utf-8", "replace"))
    except Refused as refused:
        return None, reason_words(refused.code)
    notices = platform(connection.kind).notices(connection, told)
    data = notices[0].data if notices else told
    return (data, "") if isinstance(data, dict) else (None, _("The sample must be an object: { … }."))


def _page(request: StaffRequest, connection: Connection, rules: list[Rule], sample: Any, writes: bool, problem: str = "",
          status: int = 200) -> HttpResponse:  # fmt: skip
    data = platform(connection.kind).lead(sample).data if isinstance(sample, dict) else None
    boxes = [msgspec.to_builtins(one) for one in consent_rules(connection.consents)][:BOXES]
    boxes += [{"path": "", "purpose": "", "text": "", "version": ""}] * (BOXES - len(boxes))
    context = frame(standings([connection])[0], writes) | {
        "rows": rows_of(rules, data), "blanks": BLANKS, "targets": TARGETS, "transforms": TRANSFORMS, "boxes": boxes,
        "sample": json.dumps(sample, ensure_ascii=False, indent=1) if sample is not None else "", "problem": problem,
        "preview": preview(connection, rules, sample), "tab": "mapping",
    }  # fmt: skip
    return render(request, "capture/connections/mapping.html", context, status=status)
