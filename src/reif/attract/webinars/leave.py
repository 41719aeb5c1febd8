"""/w/<token>: give the seat back, by the link in the mails.

Says webinar.cancelled.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from reif.attract.models import Registration
from reif.kit import token
from reif.kit.clock import now
from reif.kit.useragent import is_machine
from reif.log.append import append, writing
from reif.log.catalogue.web import WebinarCancelled
from reif.staff.views import Public


@method_decorator(
    [csrf_exempt, never_cache], name="dispatch"
)  # the token is the secret; there is no session to protect
class Leave(Public):
    """GET asks and changes nothing, so scanners of mails may look; POST gives the seat back."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        seat = _seat(str(kwargs.pop("sealed")))
        with translation.override(seat.person.language[:2] or "de"):
            response = super().dispatch(request, seat, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request: HttpRequest, seat: Registration) -> HttpResponse:
        return render(request, "attract/webinars/leave.html", {"seat": seat, "webinar": seat.webinar})

    def post(self, request: HttpRequest, seat: Registration) -> HttpResponse:
        if not is_machine(request.META.get("HTTP_USER_AGENT", "")) and not seat.webinar.over:
            leave(seat)
        return self.get(request, seat)


def leave(seat: Registration) -> None:
    """Once; the second click changes nothing."""
    with writing():
        moment = now()
        if Registration.objects.filter(pk=seat.pk, cancelled_at=None).update(cancelled_at=moment):
            append(WebinarCancelled(person=seat.person_id, topic=seat.webinar.slug, at=moment))
            seat.cancelled_at = moment


def _seat(sealed: str) -> Registration:
    """The seat of a token. Raises Http404."""
    try:
        slug, person = token.read(settings.SECRET_KEY, "seat", sealed, datetime(1970, 1, 1, tzinfo=UTC))
    except (token.BadToken, ValueError) as error:
        raise Http404 from error
    rows = Registration.objects.select_related("webinar", "person").exclude(registered_at=None)
    found = rows.filter(webinar__slug=slug, person=int(person), person__erased_at=None).first()
    if found is None:
        raise Http404
    return found
