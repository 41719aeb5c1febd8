"""Pages for visitors: the blog and its articles, in the language of their content."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control

from reif.attract.content.reading import reading
from reif.attract.models import Content, Site
from reif.attract.pages.passing_on import passed_on
from reif.attract.seo import category_path
from reif.staff.views import Public

PAGE = 12


class Reading(Public):
    """Speaks the language of what is shown, whatever the browser or the signed-in person prefers."""

    def show(self, request: HttpRequest, template: str, language: str, context: dict[str, Any]) -> HttpResponse:
        with translation.override(language):
            response = render(request, f"attract/{template}", {"passed_on": passed_on(request), **context})
        response["Content-Language"] = language
        return response


class Blog(Reading):
    """/blog/ with ?category= and ?before=<id> for older ones."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        articles = Content.objects.published().filter(kind=Content.Kind.ARTICLE)
        categories = sorted(set(articles.values_list("category", flat=True)) - {""})
        chosen = request.GET.get("category", "")
        if chosen in categories:
            articles = articles.filter(category=chosen)
        shown = list(articles.order_by("-published_at", "-id")[: PAGE + 1])
        if before := request.GET.get("before"):
            shown = _older(articles, before)
        context = {"articles": shown[:PAGE], "older": shown[PAGE - 1].slug if len(shown) > PAGE else ""}
        chosen = chosen if chosen in categories else ""
        context |= {"categories": categories, "chosen": chosen, "first": not (before or chosen)}
        context |= {"canonical": request.build_absolute_uri(category_path(chosen, before or ""))}
        return self.show(request, "blog.html", _language(), context)


class Article(Reading):
    """/blog/<slug>; an address that a text had before leads on to it."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        article = Content.objects.published().filter(slug=slug).first()
        if article is None:
            return redirect(moved_to(slug, request.META.get("QUERY_STRING", "")), permanent=True)
        context = reading(article, request)
        response = self.show(request, "article.html", article.language, context)
        patch_cache_control(response, max_age=60, private=True)
        return response


def moved_to(slug: str, query: str) -> str:
    """Where a text is now that had this address, with the query that came along. Raises Http404."""
    found = Content.objects.published().filter(moved__slug=slug).first()
    if found is None:
        raise Http404
    return f"{found.path}?{query}" if query else str(found.path)


def _older(articles: Any, before: str) -> list[Content]:
    last = articles.filter(slug=before).first()
    if last is None:
        raise Http404
    return list(articles.filter(published_at__lt=last.published_at).order_by("-published_at", "-id")[: PAGE + 1])


def _language() -> str:
    site = Site.objects.first()
    return site.language if site else "de"
