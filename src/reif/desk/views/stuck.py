"""Events that a listener could not take: read the error, try again, or let go."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.desk.story import tell
from reif.log.models import Stuck
from reif.log.stuck import let_go, retry
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

MOST = 200


class StuckView(Desk):  # /stuck
    roles: ClassVar[frozenset[str]] = frozenset({Role.ADMIN})

    def get(self, request: StaffRequest) -> HttpResponse:
        rows = list(Stuck.objects.filter(done_at=None).select_related("event").order_by("-stuck_at")[:MOST])
        told = {m.id: m for m in tell(s.event for s in rows)}
        return render(request, "desk/stuck.html", {"rows": [(s, told.get(s.event_id)) for s in rows]})

    def post(self, request: StaffRequest) -> HttpResponseRedirect:
        chosen = list(Stuck.objects.filter(pk__in=request.POST.getlist("stuck"), done_at=None).select_related("event"))
        if request.POST.get("do") == "let_go":
            let_go(chosen, by=request.user.pk)
            messages.success(request, ngettext("%d event let go.", "%d events let go.", len(chosen)) % len(chosen))
        else:
            mended = retry(chosen, by=request.user.pk)
            words = _("%(mended)d of %(all)d went through.") % {"mended": len(mended), "all": len(chosen)}
            (messages.success if len(mended) == len(chosen) else messages.error)(request, words)
        return redirect("desk:stuck")
