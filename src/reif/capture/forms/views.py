"""Forms for visitors: /f/<slug>, its submissions, the page that says thank you, and how far people come."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from reif.capture.forms import tally
from reif.capture.forms.afterwards import next_page, thanks_of
from reif.capture.forms.form_file import Form
from reif.capture.forms.origin import is_ours, share
from reif.capture.forms.receive import Outcome, receive
from reif.capture.forms.render import Shown, show
from reif.capture.web.hands import to_its_hands
from reif.kit import token
from reif.kit.clock import now
from reif.playbook.current import current
from reif.staff.views import Public

LANGUAGES = ("de", "en")


@method_decorator(never_cache, name="dispatch")
class FormPage(Public):
    """/f/<slug>, in the visitor's language or in that of ?lang=."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = find(slug)
        with translation.override(language_of(request)):
            return page(request, form, show(form, request))


@method_decorator([csrf_exempt, never_cache], name="dispatch")  # a signed ticket instead of a cookie: see ticket.py
class Submissions(Public):
    """POST /f/<slug>/submissions; then the browser is sent to the page that says thank you.

    With `piece` in what is posted, a script asks, and gets JSON: html to show, and whether it is done.
    """

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        form = find(slug)
        posted = _posted(request)
        if isinstance(posted, HttpResponse):
            return share(posted, form, request)
        outcome = receive(request, form, posted)
        with translation.override(outcome.language):
            if posted.get("piece"):
                return to_its_hands(share(_piece(request, form, outcome), form, request), outcome.submission)
            if outcome.shown is not None:
                return page(request, form, outcome.shown, outcome.status)
            return to_its_hands(redirect(next_page(form, outcome, request)), outcome.submission)


@method_decorator(never_cache, name="dispatch")
class Thanks(Public):
    """/f/<slug>/submissions/<token>: what happens now."""

    def get(self, request: HttpRequest, slug: str, sealed: str) -> HttpResponse:
        form = find(slug)
        try:
            number, language = token.read(settings.SECRET_KEY, "thanks", sealed, now())
        except (token.BadToken, ValueError) as error:
            raise Http404 from error
        with translation.override(str(language)):
            framed_in = request.GET.get("frame") == "1"
            template = "capture/frame.html" if framed_in else "capture/thanks.html"
            context = thanks_of(form, int(number), str(language)) | {"thanks": True, "playbook_form": form}
            answer = render(request, template, context)
            if form.kiosk:
                answer["Refresh"] = f"8;url=/f/{form.slug}{'/frame' if framed_in else ''}?lang={language}"
            return quiet(framed(answer, form) if framed_in else answer)


class Progress(msgspec.Struct):
    """How far somebody came: k is start or left, f the field, p the page, v its variant. Nothing about who."""

    k: str = ""
    f: str = ""
    p: str = ""
    v: str = ""


@method_decorator(csrf_exempt, name="dispatch")  # counts one more, and knows nobody
class Steps(Public):
    """POST /fp/<slug>: a form was begun, or left at a field."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = find(slug)
        try:
            said = msgspec.json.decode(request.body[:2000], type=Progress)
        except (msgspec.MsgspecError, RequestDataTooBig):
            return HttpResponse(status=400)
        names = {f.name for f in form.questions}
        if said.k in ("start", "left") and (not said.f or said.f in names):
            tally.note(form.slug, said.k, said.f, page=_place(request, said.p), variant=said.v)
        return HttpResponse(status=204)


def _place(request: HttpRequest, told: str) -> str:
    """The path of a page of ours; with the host in front when it is another's."""
    host, slash, path = told.partition("/")
    path = f"{slash}{path}".rstrip("/") or "/"
    return path if is_ours(host, request) else f"{host}{path}"


def find(slug: str) -> Form:
    """The form of the playbook in force."""
    form: Form | None = current("forms").by_slug(slug)
    if form is None:
        raise Http404
    return form


def language_of(request: HttpRequest) -> str:
    """What ?lang= asks for, else the visitor's."""
    told = request.GET.get("lang", "")
    return told if told in LANGUAGES else translation.get_language() or "de"


def page(request: HttpRequest, form: Form, shown: Shown, status: int = 200) -> HttpResponse:
    """The hosted page; in a frame without the house around it."""
    in_frame = shown.place.via == "frame"
    template = "capture/frame.html" if in_frame else "capture/form.html"
    answer = render(request, template, {"form": shown, "playbook_form": form}, status=status)
    return framed(answer, form) if in_frame else answer


def framed(answer: HttpResponse, form: Form) -> HttpResponse:
    """May stand in frames of the form's domains, or of all when it names none."""
    domains = [part for d in form.domains for part in (f"https://{d}", f"http://{d}", f"https://*.{d}")]
    answer._csp_replace = {"frame-ancestors": domains or ["*"]}  # type: ignore[attr-defined]
    answer.xframe_options_exempt = True
    return answer


def quiet(response: HttpResponse) -> HttpResponse:
    """For addresses with a token in them: not to be found, and not to be told to others."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _piece(request: HttpRequest, form: Form, outcome: Outcome) -> HttpResponse:
    """For a script that shows the form in place."""
    if outcome.shown is not None:
        html = render_to_string("capture/_form.html", {"form": outcome.shown}, request)
        return JsonResponse({"html": html, "done": False}, status=outcome.status)
    goes = next_page(form, outcome, request)
    told: dict[str, Any] = {"done": True, "go": goes if form.redirect else "", "page": goes}
    number = outcome.submission.id if outcome.submission else 0
    told["html"] = render_to_string("capture/_thanks.html", thanks_of(form, number, outcome.language), request)
    return JsonResponse(told)


def _posted(request: HttpRequest) -> QueryDict | HttpResponse:
    try:
        return request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        sentence = _("That was more than this form can take. Please shorten what you entered, and send again.")
        return _refused(request, sentence, 413)
    except BadRequest:
        return _refused(request, _("What arrived could not be read. Please go back and send again."), 400)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if "application/json" in request.headers.get("accept", ""):
        return JsonResponse({"message": sentence}, status=status)
    return render(request, "capture/refused.html", {"sentence": sentence}, status=status)
