"""What the page of an article shows; the same for readers, for a secret link and beside the editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from reif.attract import seo
from reif.attract.content.markdown import contents, html
from reif.attract.models import Content, LandingPage, Picture, Site
from reif.attract.pictures.address import is_key

NEXT = 3


def reading(article: Content, request: HttpRequest, preview: bool = False) -> dict[str, Any]:
    """The context of article.html."""
    offers = LandingPage.objects.published().filter(slug=article.offer).select_related("asset", "webinar")
    picture = Picture.objects.filter(key=article.cover).first() if is_key(article.cover) else None
    return {
        "article": article,
        "body": html(article.body),
        "contents": contents(article.body),
        "offer": offers.first() if article.offer else None,
        "others": read_on(article),
        "cover_alt": picture.alt_in(article.language) if picture else "",
        "data": [] if preview else seo.article(article, Site.objects.first(), request),
        "preview": preview,
    }


def read_on(article: Content) -> list[Content]:
    """Three to read next: those that were chosen, then the newest, the same category and language first."""
    public = Content.objects.published().filter(kind=article.kind).exclude(pk=article.pk).defer("body", "seo")
    chosen = {row.pk: row for row in public.filter(pk__in=article.related)} if article.related else {}
    found = [chosen[pk] for pk in article.related if pk in chosen]
    if len(found) < NEXT:
        rest = [row for row in public.order_by("-published_at")[:15] if row.pk not in chosen]
        rest.sort(key=lambda row: (row.language != article.language, row.category != article.category))
        found += rest
    return found[:NEXT]
