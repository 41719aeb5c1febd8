"""From which page a form was sent, and whether it may stand there."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase

from reif.capture.forms.form_file import Form
from reif.capture.web.visitor import own_hosts


def origin_of(request: HttpRequest) -> str:
    """The host of the page that sends this, by `Origin`, else by `Referer`; empty when the browser does not say."""
    for name in ("origin", "referer"):
        host = _host(request.headers.get(name, ""))
        if host:
            return host
    return ""


def is_ours(host: str, request: HttpRequest) -> bool:
    return host.partition(":")[0] in own_hosts(request)


def allowed(form: Form, host: str) -> bool:
    """Whether a page of this host may show the form; a domain stands for its subdomains."""
    bare = host.partition(":")[0]
    return any(_within(bare, host, domain.strip().lower()) for domain in form.domains)


def welcome(form: Form, host: str, request: HttpRequest) -> bool:
    """Whether a script of that page may read our answers: ours, and those that the form names, or all if it names none."""
    return not form.domains or is_ours(host, request) or allowed(form, host)


def share(response: HttpResponseBase, form: Form, request: HttpRequest) -> HttpResponseBase:
    """Let the embedding page read this answer, if it may (CORS; without cookies)."""
    origin = request.headers.get("origin", "")
    response["Vary"] = "Origin"
    if origin and welcome(form, _host(origin), request):
        response["Access-Control-Allow-Origin"] = origin
    return response


def _host(url: str) -> str:
    """Host and, when it is not the usual one, port."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _within(bare: str, host: str, domain: str) -> bool:
    if ":" in domain:
        return host == domain
    return bare == domain or bare.endswith(f".{domain.removeprefix('*.')}")
