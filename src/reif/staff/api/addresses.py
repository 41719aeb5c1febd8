"""What answers under /api/v1 where no operation is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from reif.staff.api.problem import answer, not_found
from reif.staff.views import Public


@method_decorator(csrf_exempt, name="dispatch")  # changes nothing, and a caller without a session has no token
class NoSuchCall(Public):  # /api/v1/anything
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return answer(request, not_found())
