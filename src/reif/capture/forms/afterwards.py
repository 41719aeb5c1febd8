"""Where somebody is led after a form: a page that says thank you, or an address on this site or a friendly one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from reif.capture.forms.form_file import Form
from reif.capture.forms.fulfil import download_path
from reif.capture.forms.receive import Outcome
from reif.capture.models import Submission
from reif.capture.sources.source import host_of
from reif.capture.web.visitor import own_hosts
from reif.kit import shelf, token
from reif.kit.clock import now


def next_page(form: Form, outcome: Outcome, request: HttpRequest) -> str:
    """The address after a form."""
    if form.redirect and safe(form, form.redirect, own_hosts(request)):
        return form.redirect
    number = outcome.submission.id if outcome.submission else 0
    until = now() + timedelta(days=1)
    sealed = token.sign(settings.SECRET_KEY, "thanks", number, outcome.language, until=until)
    return f"/f/{form.slug}/submissions/{sealed}{'?frame=1' if outcome.via == 'frame' else ''}"


def safe(form: Form, address: str, own: tuple[str, ...] = ()) -> bool:
    """Whether an address is a path of this site, or a page of it or of the form's domains: no open redirect."""
    if any(c in address for c in "\\\r\n\t ") or any(ord(c) < 32 for c in address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    mine = {*own, host_of(settings.BASE_URL)}
    friendly = any(host == d or host.endswith(f".{d}") for d in (x.partition(":")[0].lower() for x in form.domains))
    return parts.scheme in ("http", "https") and not parts.username and (host in mine or friendly)


def thanks_of(form: Form, number: int, language: str) -> dict[str, Any]:
    """What the page that says thank you needs."""
    one = Submission.objects.filter(id=number, form=form.slug).select_related("person").first()
    mail = bool(form.gives or form.does.webinar or (one and one.asked.exists()))
    context: dict[str, Any] = {"form": form, "title": form.title.in_(language), "after": form.after.in_(language)}
    context |= {"address": masked(one) if not form.kiosk else "", "mail": mail}
    ready = one is not None and form.at_once and form.gives and shelf.item(form.gives)
    return context | {"download": f"{settings.BASE_URL}{download_path(one.id)}" if ready and one else ""}


def masked(one: Submission | None) -> str:
    """Enough of the address to see a slip, too little to read it over a shoulder: a…z@firma.ch."""
    if one is None or one.person is None or not one.person.email:
        return ""
    local, _at, domain = one.person.email.partition("@")
    return f"{local[0]}…{local[-1] if len(local) > 2 else ''}@{domain}"
