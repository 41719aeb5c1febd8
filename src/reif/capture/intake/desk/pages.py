"""The list of connections, a new one, and the set-up of one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reif.capture.intake.desk.forms import NewForm, SettingsForm
from reif.capture.intake.figures import Standing, missing, standings
from reif.capture.intake.mailbox import mail_state
from reif.capture.intake.open import enter, open_connection, pause, remove, renew
from reif.capture.intake.presets import PRESETS, preset_of
from reif.capture.intake.steps import SECRETS, STEPS
from reif.capture.models.intake import Connection
from reif.staff.models import Role
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST})
WRITERS = frozenset({Role.ADMIN, Role.MARKETING})


class ConnectionDesk(Desk):
    """Marketing opens connections, analysts look on."""

    roles: ClassVar[frozenset[str]] = READERS
    writers: ClassVar[frozenset[str] | None] = WRITERS

    @property
    def writes(self) -> bool:
        return self.request.user.role in WRITERS


class ConnectionsView(ConnectionDesk):  # /connections
    def get(self, request: StaffRequest) -> HttpResponse:
        living = Connection.objects.filter(removed_at=None).order_by("paused_at", "name")
        found = standings(list(living[:500]))
        total = {"leads": sum(s.leads for s in found), "trouble": sum(s.trouble for s in found)}
        total["works"] = sum(s.state == "works" for s in found)
        days = [sum(day) for day in zip(*(s.taken for s in found), strict=True)] if found else []
        context = {"standings": found, "total": total, "points": days, "writes": self.writes, "mail": mail_state()}
        context["has_mailbox"] = any(one.connection.kind == Connection.Kind.MAIL for one in found)
        context["removed"] = Connection.objects.exclude(removed_at=None).order_by("-removed_at")[:50]
        return render(request, "capture/connections/list.html", context)


class NewConnectionView(ConnectionDesk):  # /connections/new
    roles = WRITERS

    def get(self, request: StaffRequest) -> HttpResponse:
        preset = PRESETS.get(request.GET.get("of", ""))
        context = {"presets": list(PRESETS.values()), "preset": preset, "form": NewForm(initial=_name(preset))}
        return render(request, "capture/connections/new.html", context)

    def post(self, request: StaffRequest) -> HttpResponse:
        """The answer is the page of the connection with its secrets, this once."""
        form, preset = NewForm(request.POST), PRESETS.get(request.POST.get("of", ""))
        if preset is None or not form.is_valid():
            context = {"presets": list(PRESETS.values()), "preset": preset, "form": form}
            return render(request, "capture/connections/new.html", context, status=422)
        connection, made = open_connection(preset, form.cleaned_data["name"], request.user.pk)
        return setup_page(request, connection, self.writes, made=made)


def living(pk: int) -> Connection:
    """One that was not removed."""
    return get_object_or_404(Connection, pk=pk, removed_at=None)


class ConnectionView(ConnectionDesk):  # /connections/3
    def get(self, request: StaffRequest, pk: int) -> HttpResponseBase:
        connection = get_object_or_404(Connection, pk=pk)
        if connection.removed_at:
            return redirect("capture:connection_calls", pk)
        return setup_page(request, connection, self.writes)

    def delete(self, request: StaffRequest, pk: int) -> HttpResponse:
        """A mailbox is set by the administrator, so that it can be paused and not removed."""
        connection = living(pk)
        if connection.kind == Connection.Kind.MAIL:
            words = _("A mailbox is removed by the administrator, who sets REIF_IMAP_URL. It can be paused here.")
            return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
        remove(connection)
        messages.success(request, _("“%(name)s” is removed. Its log stays.") % {"name": connection.name})
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("capture:connections")
        return response


class SettingsView(ConnectionDesk):  # /connections/3/settings
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        connection = living(pk)
        form = SettingsForm(request.POST, connection=connection)
        if not form.is_valid():
            return setup_page(request, connection, self.writes, form=form, status=422)
        form.save()
        messages.success(request, _("Saved"))
        return redirect("capture:connection", pk)


class SecretsView(ConnectionDesk):  # /connections/3/secrets
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Enter those of the other side, or make ours anew, which shows them once."""
        connection = living(pk)
        preset = preset_of(connection.preset, connection.kind)
        if request.POST.get("do") == "renew":
            return setup_page(request, connection, self.writes, made=renew(connection, preset))
        enter(connection, {name: request.POST.get(name, "")[:500] for name in preset.theirs})
        messages.success(request, _("Saved"))
        return redirect("capture:connection", pk)


class PauseView(ConnectionDesk):  # /connections/3/pause
    roles = WRITERS

    def post(self, request: StaffRequest, pk: int) -> HttpResponseRedirect:
        connection = living(pk)
        pause(connection, paused=request.POST.get("to") == "paused")
        return redirect("capture:connection", pk)


def setup_page(request: StaffRequest, connection: Connection, writes: bool, made: dict[str, str] | None = None,
               form: SettingsForm | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    """Address, secrets, steps and settings of one connection."""
    standing = standings([connection])[0]
    context = frame(standing, writes) | {
        "address": f"{settings.BASE_URL}/in/{connection.key}", "local": not settings.SECURE,
        "made": [(name, *SECRETS[name], value) for name, value in (made or {}).items()], "ours": _secrets(standing, "ours"),
        "theirs": _secrets(standing, "theirs"), "steps": STEPS.get(connection.preset) or STEPS.get(connection.kind, []),
        "form": form or SettingsForm(connection=connection), "tab": "setup", "mail": mail_state(),
    }  # fmt: skip
    page = "mailbox" if connection.kind == Connection.Kind.MAIL else "setup"
    response = render(request, f"capture/connections/{page}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def frame(standing: Standing, writes: bool) -> dict[str, Any]:
    """What the head of every page of a connection shows."""
    return {"standing": standing, "connection": standing.connection, "preset": standing.preset, "writes": writes}


def _secrets(standing: Standing, whose: str) -> list[dict[str, Any]]:
    lacking = missing(standing.connection)
    names: tuple[str, ...] = getattr(standing.preset, whose)
    return [
        {"name": name, "label": SECRETS[name][0], "help": SECRETS[name][1], "there": name not in lacking} for name in names
    ]  # fmt: skip


def _name(preset: Any) -> dict[str, str]:
    return {"name": str(preset.title)} if preset else {}
