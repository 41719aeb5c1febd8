"""The built-in mailbox: what would have been sent, to read as its reader would."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from reif.channels.email.compose import CHANNEL
from reif.channels.models import Captured
from reif.crm.models import Person
from reif.kit.fold import fold
from reif.log.models import Effect
from reif.staff.models import Role, User
from reif.staff.views import EVERYONE, Desk

PAGE = 50
KINDS = ("marketing", "service", "staff")
SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data: {base}; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def captured_for(user: User) -> QuerySet[Captured]:
    """Everything, except that sellers see only mails to themselves and to people they may see."""
    mails = Captured.objects.all()
    if user.role != Role.SELLER:
        return mails
    people = Person.objects.visible_to(user).values("id")
    return mails.filter(Q(user_id=user.id) | Q(person_id__in=people))


class Mailbox(Desk):  # /mailbox
    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        context = _listed(self.request.user, request.GET)
        chosen = context["mails"][0] if context["mails"] and not request.htmx else None  # type: ignore[attr-defined]
        piece = "channels/_list.html" if request.htmx else "channels/mailbox.html"  # type: ignore[attr-defined]
        return render(request, piece, context | {"chosen": chosen})


class Letter(Desk):  # /mailbox/42
    roles = EVERYONE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = get_object_or_404(captured_for(self.request.user), pk=pk)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "channels/_letter.html", {"chosen": chosen})
        return render(request, "channels/mailbox.html", _listed(self.request.user, request.GET) | {"chosen": chosen})


@method_decorator(xframe_options_sameorigin, name="dispatch")
class Body(Desk):  # /mailbox/42/body
    """The mail itself, in a sandbox: no script, no form, links open outside."""

    roles = EVERYONE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = get_object_or_404(captured_for(self.request.user), pk=pk)
        html = chosen.html.replace("<head>", '<head><base target="_blank" />', 1)
        response = HttpResponse(html)
        response["Content-Security-Policy"] = SANDBOX.format(base=settings.BASE_URL)
        response["Referrer-Policy"] = "no-referrer"
        return response


def _listed(user: User, query: Any) -> dict[str, Any]:
    """Newest first; `before` is the last number of the page above."""
    mails = captured_for(user).defer("html", "text", "headers", "search").order_by("-id")
    words, kind, before = query.get("q", "").strip(), query.get("kind", ""), query.get("before", "")
    for word in fold(words).split():
        mails = mails.filter(search__contains=word)
    if kind in KINDS:
        mails = mails.filter(kind=kind)
    if before.isdigit():
        mails = mails.filter(id__lt=int(before))
    rows = list(mails[: PAGE + 1])
    return {
        "mails": rows[:PAGE], "more": rows[PAGE - 1].pk if len(rows) > PAGE else None, "q": words, "kind": kind,
        "kinds": KINDS, "queue": _queue(), "server": bool(settings.EMAIL_URL),
    }  # fmt: skip


def _queue() -> dict[str, int]:
    """Mails that are not done: waiting, in doubt, failed."""
    states = Effect.objects.filter(channel=CHANNEL).exclude(state__in=[Effect.DONE, Effect.SKIPPED])
    counted = dict(states.values_list("state").annotate(Count("id")))
    return {
        "waiting": counted.get(Effect.READY, 0) + counted.get(Effect.CLAIMED, 0),
        "unknown": counted.get(Effect.UNKNOWN, 0),
        "failed": counted.get(Effect.FAILED, 0),
    }
