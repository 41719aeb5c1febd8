"""What visitors get: a page at its address, the variant that falls to them, and the way on when a page is gone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page

from reif.attract import house, seo
from reif.attract.models import Content, LandingPage, Picture
from reif.attract.pages.address import moved_to
from reif.attract.pages.blocks import BadBlock, Hero, Text, decode
from reif.attract.pages.film import frames_of
from reif.attract.pages.parts import Block
from reif.attract.pages.passing_on import passed_on
from reif.attract.pages.sheet import Sheet
from reif.attract.pages.split import choose, counts, key_of, mark_of
from reif.attract.pages.tally import note
from reif.attract.pictures.address import is_key
from reif.kit.useragent import is_machine
from reif.staff.views import Public

LOOKED_UP = ("webinar", "asset", "running")
TICKING = {"countdown", "video"}


@method_decorator(gzip_page, name="dispatch")
class Page(Public):
    """/p/<slug>; a page with an address of its own sends you there."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        page = LandingPage.objects.published().select_related(*LOOKED_UP).filter(slug=slug).first()
        if page is None:
            return elsewhere(request, f"p/{slug}", slug=slug)
        if page.at:
            return redirect(page.path + _query(request), permanent=True)
        return serve(request, page)


@method_decorator(gzip_page, name="dispatch")
class PageAt(Public):
    """An address of its own, such as /preise. Stands behind all other addresses of the house."""

    def get(self, request: HttpRequest, at: str) -> HttpResponseBase:
        page = LandingPage.objects.published().select_related(*LOOKED_UP).filter(at=at).first()
        return serve(request, page) if page else elsewhere(request, at, at=at)


def serve(request: HttpRequest, page: LandingPage) -> HttpResponse:
    """The page, or the variant of it that falls to this visitor while a test runs."""
    blocks = page.blocks
    if page.running:
        arm = _arm(request, page)
        blocks = arm["sheet"]["blocks"]
        request.variant = f"{page.slug}/{arm['key']}"  # type: ignore[attr-defined]
    response = show(request, page, parts_of(blocks))
    patch_cache_control(response, private=True, max_age=0 if page.running else 60)
    return response


def _arm(request: HttpRequest, page: LandingPage) -> dict[str, Any]:
    """Machines always get the page itself, and count nowhere."""
    assert page.running
    arms: list[dict[str, Any]] = page.running.arms
    if is_machine(request.headers.get("user-agent")):
        return arms[0]
    key = key_of(request)
    arm = choose(arms, page.running.pk, key)
    if counts(request):
        note(page.running.pk, arm["key"], mark_of(key, page.running.pk))
    return arm


def show(request: HttpRequest, page: LandingPage, parts: list[Block], **more: Any) -> HttpResponse:
    """A landing page in its own language, with what its blocks need."""
    with translation.override(page.language):
        response = render(request, "attract/page.html", context_of(request, page, parts) | more)
    response["Content-Language"] = page.language
    if frames := frames_of([str(getattr(p, "href", "")) for p in parts if p.name == "video"]):
        response._csp_update = {"frame-src": frames}  # type: ignore[attr-defined]
    return response


def context_of(request: HttpRequest, page: LandingPage, parts: list[Block]) -> dict[str, Any]:
    """Everything that the blocks ask for."""
    site = house.site()
    wanted = max((getattr(p, "count", 0) for p in parts if p.name == "articles"), default=0)
    articles = Content.objects.published().filter(kind=Content.Kind.ARTICLE).order_by("-published_at")
    return {
        "page": page,
        "site": site,
        "parts": parts,
        "lead": lead(parts),
        "articles": list(articles[:wanted]) if wanted else [],
        "data": seo.page(page, parts, site if site.pk else None, request),
        "alts": alts(parts, page.language),
        "ticking": any(part.name in TICKING for part in parts),
        "passed_on": passed_on(request),
    }


def sound(said: Sheet) -> list[Block]:
    """The blocks of a draft that can be shown; one that cannot keeps the others from nothing."""
    made: list[Block] = []
    for block in said.blocks:
        try:
            made += decode([block])
        except BadBlock:
            continue
    return made


def alts(parts: list[Block], language: str) -> dict[str, str]:
    """What the library says about the uploaded pictures of a page, in one query, and in none when there are none."""
    keys = {key for part in parts for key in _pictures(part) if is_key(key)}
    found = Picture.objects.filter(key__in=keys) if keys else []
    return {picture.key: picture.alt_in(language) for picture in found}


def _pictures(part: Block) -> list[str]:
    own = getattr(part, "picture", "")
    return [own, *(getattr(item, "picture", "") for item in getattr(part, "items", []))]


def lead(parts: list[Block]) -> int:
    """Which block carries the first-level heading; -1 when none does, and the page says its title for ears alone."""
    leads = [n for n, p in enumerate(parts) if isinstance(p, Hero) or (isinstance(p, Text) and p.title)]
    heroes = [n for n in leads if isinstance(parts[n], Hero)]
    return (heroes or leads or [-1])[0]


def parts_of(blocks: list[dict[str, Any]]) -> list[Block]:
    """The decoded blocks; what has not changed is decoded, and its Markdown set, once in a process."""
    return list(_decoded(msgspec.json.encode(blocks)))


@lru_cache(maxsize=256)
def _decoded(blocks: bytes) -> tuple[Block, ...]:
    return tuple(decode(msgspec.json.decode(blocks)))


def elsewhere(request: HttpRequest, path: str, **where: str) -> HttpResponseBase:
    """Nothing is published here: an old address leads on, a page that was taken down says so or sends on."""
    page = moved_to(path) or LandingPage.objects.filter(**where).first()
    if page is None:
        raise Http404
    here = "/" + path
    if page.published_at and page.path != here:
        return redirect(page.path + _query(request), permanent=True)
    if page.closed_at is None:
        raise Http404
    if page.gone_to:
        return redirect(page.gone_to)
    with translation.override(page.language):
        return render(request, "attract/gone.html", {"page": page}, status=410)


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""
