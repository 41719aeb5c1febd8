"""The question for consent, for pages of other sites: the same words and the same three answers as on our own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control

from reif.staff.views import Public


class Banner(Public):
    """/consent-banner?language=de, read by banner.js from any site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("language", "")
        language = asked if translation.check_for_language(asked) else "en"
        with translation.override(language):
            response = render(request, "staff/_consent.html")
        response["Access-Control-Allow-Origin"] = "*"
        response["Content-Language"] = language
        patch_cache_control(response, public=True, max_age=3600)
        return response
