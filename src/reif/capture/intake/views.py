"""/in/<connection>: where platforms and other software call."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from reif.capture.intake.platforms import platform
from reif.capture.intake.receive import MOST_BYTES, receive
from reif.capture.intake.verify import Refused, Sent
from reif.capture.intake.words import reason_words
from reif.capture.models.intake import Connection
from reif.capture.throttle import Throttle
from reif.capture.web.visitor import client_ip
from reif.kit.body import TooBig, read_body
from reif.staff.api.problem import Problem, answer, not_found
from reif.staff.views import Public

CALLS = Throttle(rate=50, burst=500)
"""How often one connection may call: a platform brings many leads at once, a loop brings too many."""


@method_decorator(csrf_exempt, name="dispatch")  # the signature of each call is the secret; there is no session
class IntakeView(Public):  # /in/meta-4f7k2
    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """A platform asks whether this address is ours."""
        connection = _connection(key)
        told = platform(connection.kind).challenge(connection, request.GET.dict()) if connection else None
        if told is None:
            return answer(request, not_found())
        response = HttpResponse(told.body, status=told.status, content_type=told.type)
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        connection = _connection(key)
        if connection is None:
            return answer(request, not_found())
        if wait := CALLS.take(key):
            return answer(
                request, Problem(429, "too-many", _("Too many calls. Wait a moment."), Retry_After=str(int(wait) + 1))
            )
        try:
            reply = receive(connection, _sent(request))
        except Refused as refused:
            return answer(request, Problem(refused.status, refused.code.replace("_", "-"), reason_words(refused.code)))
        except TooBig:
            words = _("A call may have at most %(kilobytes)d kilobytes.") % {"kilobytes": MOST_BYTES // 1024}
            return answer(request, Problem(413, "too-large", words))
        return JsonResponse({"taken": reply.taken, "again": reply.again})


def _connection(key: str) -> Connection | None:
    return Connection.objects.filter(key=key, removed_at=None).exclude(kind=Connection.Kind.MAIL).first()


def _sent(request: HttpRequest) -> Sent:
    headers = {name.lower(): value for name, value in request.headers.items()}
    uri = settings.BASE_URL + request.get_full_path()
    return Sent(request.method or "POST", uri, headers, read_body(request, MOST_BYTES), client_ip(request))
