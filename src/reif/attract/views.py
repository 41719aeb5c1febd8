"""Pages for visitors: articles and landing pages, in the language of their content."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import patch_cache_control

from reif.attract import seo
from reif.attract.content.markdown import contents, html
from reif.attract.models import Content, LandingPage, Site
from reif.attract.pages.passing_on import passed_on
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
        context |= {"categories": categories, "chosen": chosen, "first": not (before or chosen)}
        return self.show(request, "blog.html", _language(), context)


class Article(Reading):
    """/blog/<slug>"""

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        article = get_object_or_404(Content.objects.published(), slug=slug)
        offer = LandingPage.objects.published().filter(slug=article.offer).select_related("asset", "webinar").first()
        others = Content.objects.published().filter(kind=article.kind).exclude(pk=article.pk)
        context = {
            "article": article,
            "body": html(article.body),
            "contents": contents(article.body),
            "offer": offer,
            "others": nearest(article, list(others.order_by("-published_at")[:12])),
            "data": seo.article(article, Site.objects.first(), request),
        }
        response = self.show(request, "article.html", article.language, context)
        patch_cache_control(response, max_age=60, private=True)
        return response


def nearest(article: Content, others: list[Content]) -> list[Content]:
    """Three to read next: the same category first."""
    return sorted(others, key=lambda o: o.category != article.category)[:3]


def _older(articles: Any, before: str) -> list[Content]:
    last = articles.filter(slug=before).first()
    if last is None:
        raise Http404
    return list(articles.filter(published_at__lt=last.published_at).order_by("-published_at", "-id")[: PAGE + 1])


def _language() -> str:
    site = Site.objects.first()
    return site.language if site else "de"
