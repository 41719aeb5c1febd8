"""What is behind the link at the foot of a mail: leave with one click, choose, ask for one's data. No cookie, no session."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from reif.channels.email.preferences import Reader, choices_of, choose, speak
from reif.channels.email.track import unsubscribe
from reif.channels.email.views import message_for
from reif.crm.claims import claim
from reif.crm.law.words import CHANNEL_WORDS
from reif.crm.models import Claim, Person
from reif.staff.views import Public

EXEMPT = [csrf_exempt, never_cache]  # the token in the address is the secret; there is no session to protect
LANGUAGES = (("de", "Deutsch"), ("en", "English"))


class FromMail(Public):
    """A page whose address carries a message of ours."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        message = message_for(str(kwargs["token"]))
        if message is None:
            raise Http404
        self.message = message
        self.person = Person.objects.living().filter(id=message.person_id or 0).first()
        with translation.override(self.language()):
            response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def language(self) -> str:
        told = self.person.language[:2] if self.person else ""
        content = self.message.content.language if self.message.content else settings.LANGUAGE_CODE
        return told if told in dict(LANGUAGES) else content

    def page(self, request: HttpRequest, said: str = "", status: int = 200) -> HttpResponse:
        """The whole page; said: what was just done."""
        language = translation.get_language() or "de"
        choices = choices_of(self.person, language) if self.person else []
        context = {
            "said": said, "person": self.person, "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
            "groups": _grouped(choices, language), "any_on": any(c.on for c in choices), "languages": LANGUAGES,
            "language": language,
        }  # fmt: skip
        return render(request, "channels/preferences.html", context, status=status)

    def reader(self, request: HttpRequest) -> Reader:
        assert self.person
        agent = request.headers.get("User-Agent", "")[:300]
        url = f"{settings.BASE_URL}/u/…/preferences"
        return Reader(self.person, self.message, url, _ip(request), agent, translation.get_language() or "de")


@method_decorator(EXEMPT, name="dispatch")
class Unsubscribe(FromMail):  # /u/<token>
    """GET only shows the page, because scanners follow links; POST leaves, also without cookies (RFC 8058): with the mail
    program's button what this mail is about, with ours everything."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if request.POST.get("List-Unsubscribe") == "One-Click":
            unsubscribe(self.message, one_click=True)
            return HttpResponse("ok", "text/plain")
        unsubscribe(self.message, one_click=False, everything=True)
        return self.page(
            request, _("You are unsubscribed from everything. We will not write to you again for advertising.")
        )


@method_decorator(EXEMPT, name="dispatch")
class Preferences(FromMail):  # /u/<token>/preferences
    """POST what is wanted: `on` for each switch, and the language."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.person is None:
            raise Http404
        choose(self.reader(request), request.POST.getlist("on"))
        speak(self.person, request.POST.get("language", ""))
        self.person.refresh_from_db()
        with translation.override(self.language()):
            return self.page(request, _("Your choice is saved."))


@method_decorator(EXEMPT, name="dispatch")
class Claims(FromMail):  # /u/<token>/claims
    """POST kind=access or erasure: somebody of ours gets a task, and answers to this address."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        kind = request.POST.get("kind", "")
        if self.person is None or kind not in Claim.Kind.values:
            raise Http404
        claim(self.person, kind)
        sentences = {
            "access": _("We will send you all that we store about you, within a month, to this address."),
            "erasure": _("We will delete what we store about you, within a month, and tell you at this address."),
        }
        return self.page(request, sentences[kind])


def _grouped(choices: list[Any], language: str) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for choice in choices:
        group = groups.setdefault(choice.purpose.key, {
            "title": choice.purpose.title.in_(language), "text": choice.purpose.text.in_(language), "switches": [],
        })  # fmt: skip
        words = str(CHANNEL_WORDS[choice.channel])
        group["switches"].append(
            {"key": choice.key, "words": words, "on": choice.on, "fixed": not (choice.on or choice.possible)}
        )
    return list(groups.values())


def _ip(request: HttpRequest) -> str | None:
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.headers.get("x-forwarded-for", told).rpartition(",")[2].strip()
    try:
        return str(ip_address(told.strip("[]")))
    except ValueError:
        return None
