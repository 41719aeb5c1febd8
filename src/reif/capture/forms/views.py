"""Forms for visitors: /f/<slug>, its submissions, and the page that says thank you."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from reif.capture.forms import ticket as tickets
from reif.capture.forms.entry import Entry, read
from reif.capture.forms.form_file import Form
from reif.capture.forms.over import over
from reif.capture.forms.render import show
from reif.capture.forms.submit import Sent, submit
from reif.capture.models import Submission
from reif.capture.web.counting import count
from reif.capture.web.visitor import agent, client_ip, own_hosts, visitor_key
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
        language = request.GET.get("lang", "")
        with translation.override(language if language in LANGUAGES else translation.get_language()):
            return page(request, form, show(form, request))


@method_decorator([csrf_exempt, never_cache], name="dispatch")  # a signed ticket instead of a cookie: see ticket.py
class Submissions(Public):
    """POST /f/<slug>/submissions; then the browser is sent to the page that says thank you."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        form = find(slug)
        posted = _posted(request)
        if isinstance(posted, HttpResponse):
            return posted
        try:
            ticket = tickets.read(posted.get("ticket", ""), slug)
        except token.BadToken:
            return _again(request, form, posted)
        with translation.override(ticket.language):
            return _take(request, form, posted, ticket)


@method_decorator(never_cache, name="dispatch")
class Thanks(Public):
    """/f/<slug>/submissions/<token>: what happens now."""

    def get(self, request: HttpRequest, slug: str, sealed: str) -> HttpResponse:
        form = find(slug)
        try:
            number, language = token.read(settings.SECRET_KEY, "thanks", sealed, now())
        except token.BadToken as error:
            raise Http404 from error
        with translation.override(str(language)):
            one = Submission.objects.filter(id=number, form=slug).select_related("person").first()
            context = {"form": form, "title": form.title.in_(str(language)), "after": form.after.in_(str(language))}
            context |= {
                "address": _masked(one),
                "mail": form.gives or form.does.webinar or bool(one and one.asked.exists()),
            }
            return quiet(render(request, "capture/thanks.html", context))


def find(slug: str) -> Form:
    """The form of the playbook in force."""
    form: Form | None = current("forms").by_slug(slug)
    if form is None:
        raise Http404
    return form


def page(request: HttpRequest, form: Form, shown: object, status: int = 200) -> HttpResponse:
    return render(request, "capture/form.html", {"form": shown, "playbook_form": form}, status=status)


def quiet(response: HttpResponse) -> HttpResponse:
    """For addresses with a token in them: not to be found, and not to be told to others."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _posted(request: HttpRequest) -> QueryDict | HttpResponse:
    try:
        return request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        sentence = _("That was more than this form can take. Please shorten what you entered, and send again.")
        return render(request, "capture/refused.html", {"sentence": sentence}, status=413)
    except BadRequest:
        sentence = _("What arrived could not be read. Please go back and send again.")
        return render(request, "capture/refused.html", {"sentence": sentence}, status=400)


def _take(request: HttpRequest, form: Form, posted: QueryDict, ticket: tickets.Ticket) -> HttpResponseBase:
    if posted.get("website"):  # only machines see this field; they are thanked, and that is all
        count("trap", f"/f/{form.slug}")
        return _thank(form, 0, ticket.language)
    said = {name: str(posted[name]) for name in posted}
    entry = read(form, said)
    notice = ""
    if now() - ticket.shown_at < timedelta(seconds=form.seconds):
        notice = _("That was very fast. Please check what you entered, and send again.")
    if entry.errors or notice or over(form):
        return page(request, form, show(form, request, entry, ticket=said["ticket"], notice=notice), 422)
    sent = Sent(
        form=form, entry=entry, key=_key(ticket, entry), language=ticket.language, url=ticket.url,
        referrer=ticket.referrer, visitor=visitor_key(request), ip=client_ip(request), agent=agent(request),
        own=own_hosts(request), variant=ticket.variant,
    )  # fmt: skip
    return _thank(form, submit(sent).id, ticket.language)


def _again(request: HttpRequest, form: Form, posted: QueryDict) -> HttpResponse:
    """The ticket is too old or not ours: the same form with a new one, and nothing to type again."""
    notice = _("The form was open for a long time. Please check what you entered, and send again.")
    said = {name: str(posted[name]) for name in posted}
    entry = read(form, said)
    entry.errors.clear()
    return page(request, form, show(form, request, entry, notice=notice), 422)


def _thank(form: Form, submission: int, language: str) -> HttpResponseBase:
    sealed = token.sign(settings.SECRET_KEY, "thanks", submission, language, until=now() + timedelta(days=1))
    return redirect("capture:thanks", form.slug, sealed)


def _key(ticket: tickets.Ticket, entry: Entry) -> str:
    """The same form, shown once, with the same content: one submission."""
    told = json.dumps([sorted(entry.values.items()), [c.purpose for c in entry.ticked]], ensure_ascii=False)
    return hashlib.sha256(f"{ticket.form}\0{ticket.number}\0{told}".encode()).hexdigest()


def _masked(one: Submission | None) -> str:
    """Enough of the address to see a slip, too little to read it over a shoulder: a…z@firma.ch."""
    if one is None or one.person is None or not one.person.email:
        return ""
    local, _at, domain = one.person.email.partition("@")
    return f"{local[0]}…{local[-1] if len(local) > 2 else ''}@{domain}"
