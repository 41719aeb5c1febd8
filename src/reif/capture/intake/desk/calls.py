"""The log of calls: what came, what became of it, and once more please."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from reif.capture.intake.again import MAY, send_again
from reif.capture.intake.desk.pages import WRITERS, ConnectionDesk, frame
from reif.capture.intake.figures import TONES, chart, standings
from reif.capture.intake.words import reason_words
from reif.capture.models.intake import Call, Connection
from reif.staff.keyset import keyset_page
from reif.staff.views import StaffRequest

MOST = 200


class CallsView(ConnectionDesk):  # /connections/3/calls
    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        standing = standings([get_object_or_404(Connection, pk=pk)])[0]
        state = request.GET.get("state", "")
        rows = Call.objects.filter(connection=pk).defer("sealed").select_related("person")
        rows = rows.filter(state=state) if state in Call.State.values else rows
        page = keyset_page(rows, request.GET.get("after", ""), "at")
        tabs = [(value, label, standing.counts.get(value, 0)) for value, label in Call.State.choices]
        context = frame(standing, self.writes) | {
            "calls": [_line(call) for call in page.rows], "after": page.after, "state": state, "chart": chart(standing),
            "tabs": [tab for tab in tabs if tab[2] or tab[0] == state], "tab": "calls", "table": request.GET.get("as") == "table",
        }  # fmt: skip
        return render(request, "capture/connections/calls.html", context)

    def post(self, request: StaffRequest, pk: int) -> HttpResponseRedirect:
        """Process the chosen ones again, with the mapping of today."""
        ids = [int(one) for one in request.POST.getlist("call")[:MOST] if one.isdecimal() and len(one) < 18]
        done = send_again(Call.objects.filter(connection=pk, pk__in=ids))
        _say(request, done, len(ids))
        return redirect("capture:connection_calls", pk)


class CallView(ConnectionDesk):  # /connections/calls/7
    roles = WRITERS  # what a call said is personal

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        call = get_object_or_404(Call.objects.select_related("connection", "person"), pk=pk)
        data = call.data
        context = frame(standings([call.connection])[0], self.writes) | {
            "call": call, "line": _line(call), "again": call.state in MAY and data is not None and call.connection.kind != Connection.Kind.MAIL,
            "body": json.dumps(data, ensure_ascii=False, indent=2) if data is not None else "",
        }  # fmt: skip
        return render(request, "capture/connections/call.html", context)

    def post(self, request: StaffRequest, pk: int) -> HttpResponseRedirect:
        done = send_again(Call.objects.filter(pk=pk))
        _say(request, done, 1)
        return redirect("capture:connection_call", pk)


def _say(request: StaffRequest, done: int, wanted: int) -> None:
    words = ngettext("%d call was processed again.", "%d calls were processed again.", done) % done
    (messages.success if done else messages.error)(request, words)


def _line(call: Call) -> dict[str, object]:
    return {
        "call": call, "words": call.get_state_display(), "tone": TONES[call.state],
        "why": reason_words(call.reason) if call.reason else "",
    }  # fmt: skip
