"""When the database stays locked or away, say so: 503 with a sentence and Retry-After, nothing half done."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class BusyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except OperationalError:
            return self._busy(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return self._busy(request) if isinstance(exception, OperationalError) else None

    def _busy(self, request: HttpRequest) -> HttpResponse:
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "5"
        return response
