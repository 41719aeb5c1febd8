"""A text as readers would see it, before they do: beside the editor, and by a secret link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from reif.attract.content.article_form import ArticleForm
from reif.attract.content.reading import reading
from reif.attract.content.text import FIELDS, as_checked
from reif.attract.content.writers import WRITERS
from reif.attract.models import Content
from reif.attract.seo_check import check, verdict
from reif.kit import token
from reif.kit.clock import now
from reif.staff.views import Desk, Public

PURPOSE = "preview"
LIFE = timedelta(days=30)


class Preview(Desk):
    """POST /content/preview with the fields of the editor: the page in a frame in which no script may run, so that it has none,
    and what the check finds."""

    roles = WRITERS

    def post(self, request: HttpRequest) -> HttpResponse:
        article = as_typed(request.POST)
        with translation.override(article.language):
            seen = reading(article, request, preview=True) | {"still": True}
            page = render_to_string("attract/article.html", seen, request)
        if not request.headers.get("HX-Request"):
            return _quiet(HttpResponse(page))
        findings = check(as_checked(article))
        context = {"page": page, "findings": findings, "verdict": verdict(findings), "article": article}
        return render(request, "attract/articles/_preview.html", context)


@method_decorator(never_cache, name="dispatch")
class SecretPreview(Public):
    """/blog/preview/<token>: whoever has the link may read the draft, for thirty days."""

    def get(self, request: HttpRequest, sealed: str) -> HttpResponse:
        try:
            parts = token.read(settings.SECRET_KEY, PURPOSE, sealed, now())
        except (token.BadToken, ValueError) as error:
            raise Http404 from error
        article = Content.objects.filter(pk=int(parts[0])).first()
        if article is None:
            raise Http404
        with translation.override(article.language):
            response = render(request, "attract/article.html", reading(article, request, preview=True))
        return _quiet(response)


def secret_link(article: Content) -> str:
    """The whole address for those who should look at a draft."""
    sealed = token.sign(settings.SECRET_KEY, PURPOSE, article.pk, until=now() + LIFE)
    return f"{settings.BASE_URL}/blog/preview/{sealed}"


def as_typed(given: QueryDict) -> Content:
    """What stands in the editor at this moment, finished or not. Nothing is stored."""
    form = ArticleForm(given)
    form.is_valid()
    number = given.get("number", "")
    article = (Content.objects.filter(pk=int(number)).first() if number.isdigit() else None) or Content()
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data}
    for name in FIELDS:
        setattr(article, name, values.get(name, given.get(name, "")[:100_000] if name != "related" else []))
    if article.language not in ("de", "en"):
        article.language = "de"
    article.published_at = article.published_at or now()
    return article


def _quiet(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
