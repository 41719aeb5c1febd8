"""The pages of the frame itself: choose the language, look at every component."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views.i18n import set_language

from reif.staff.example import content
from reif.staff.views import EVERYONE, Desk, Public


class LanguageView(Public):  # /language
    def post(self, request: HttpRequest) -> HttpResponseBase:
        language = request.POST.get("language", "")
        if request.user.is_authenticated and check_for_language(language):
            request.user.language = language
            request.user.save(update_fields=["language"])
        return set_language(request)


class DesignView(Desk):  # /design
    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "staff/design.html", content())
