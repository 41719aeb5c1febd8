"""The pages of the frame itself: choose the language, look at every component."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views.i18n import set_language

from reif.staff.example import content
from reif.staff.nav import entries_for
from reif.staff.templatetags.ui import number
from reif.staff.views import EVERYONE, Desk, Public


class LanguageView(Public):  # /language
    def post(self, request: HttpRequest) -> HttpResponseBase:
        language = request.POST.get("language", "")
        if request.user.is_authenticated and check_for_language(language):
            request.user.language = language
            request.user.save(update_fields=["language"])
        return set_language(request)


class CountView(Desk):  # /counts/inbox
    """The number beside an entry of the navigation, as text; nothing for none."""

    roles = EVERYONE

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        link = next((one for one in entries_for(request.user) if one.entry.key == key and one.entry.count), None)
        if link is None:
            raise Http404
        return HttpResponse(number(link.count) if link.count else "", content_type="text/plain; charset=utf-8")


class DesignView(Desk):  # /design
    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "staff/design.html", content())
