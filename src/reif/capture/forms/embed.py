"""Forms on pages of other sites: `f.js` with a form in its own shadow tree, and a page for frames.

GET /f/<slug>/piece gives the form as JSON to the script of a page that may show it; /f/<slug>/frame is the page.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from reif.capture.forms.origin import origin_of, share
from reif.capture.forms.render import Place, show
from reif.capture.forms.views import find, framed, language_of, page
from reif.staff.views import Public

ADDRESS = 2000


@method_decorator(never_cache, name="dispatch")
class Piece(Public):
    """/f/<slug>/piece?url=…&referrer=…: the form, its style, and the address of what solves proofs."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        form = find(slug)
        place = _place(request)
        with translation.override(language_of(request)):
            html = render_to_string("capture/_form.html", {"form": show(form, request, place=place)}, request)
        told = {"html": html, "style": f"{settings.BASE_URL}{static('dist/form.css')}"}
        return share(JsonResponse(told), form, request)


def _place(request: HttpRequest) -> Place:
    """The page that asks; on one of ours the form counts as if it had stood there from the beginning."""
    told = {name: request.GET.get(name, "")[:ADDRESS] for name in ("url", "referrer", "variant")}
    if request.headers.get("sec-fetch-site") == "same-origin":
        request.variant = told["variant"]  # type: ignore[attr-defined]
        return Place("page", told["url"], told["referrer"])
    return Place("embed", told["url"], told["referrer"], origin_of(request))


@method_decorator(never_cache, name="dispatch")
class Frame(Public):
    """/f/<slug>/frame: the form alone, for an <iframe> where no script of ours may run."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = find(slug)
        url = request.headers.get("referer", "")[:ADDRESS]
        with translation.override(language_of(request)):
            shown = show(
                form, request, place=Place("frame", url or request.build_absolute_uri(), "", origin_of(request))
            )
            return framed(page(request, form, shown), form)


class Script(Public):
    """/f.js, from whatever page it is asked for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = finders.find("dist/f.js") or str(Path(settings.STATIC_ROOT) / "dist/f.js")
        try:
            text = Path(str(found)).read_bytes()
        except OSError as error:
            raise Http404 from error
        answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
        answer["Cache-Control"] = "public, max-age=3600"
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer
