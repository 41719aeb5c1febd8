"""The editor of articles: a new one, one that is there, and what to read after it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reif.attract.content.article_form import ArticleForm
from reif.attract.content.desk import matching
from reif.attract.content.editing import Editing
from reif.attract.content.writers import WRITERS
from reif.attract.models import Content
from reif.staff.models import User
from reif.staff.views import Desk


class Articles(Editing):
    """POST /content/articles: a new draft. GET leads to the list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("attract:content")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        made = self.try_to_save(request, ArticleForm(request.POST), None)
        if isinstance(made, HttpResponse):
            return made
        messages.success(request, _("The draft is saved."))
        return redirect("attract:edit", made.pk)


class NewArticle(Editing):
    """GET /content/articles/new"""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        user: User = self.request.user
        start_with = {"author": user.name, "author_role": user.title, "language": user.language}
        return self.show(request, ArticleForm(initial=start_with), None)


class OneArticle(Editing):
    """GET /content/articles/<n>: the editor. POST: save. DELETE: a draft for good."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        article = self.article(number)
        return self.show(request, ArticleForm.of(article), article)

    def post(self, request: HttpRequest, number: int) -> HttpResponseBase:
        saved = self.try_to_save(request, ArticleForm(request.POST), self.article(number))
        if isinstance(saved, HttpResponse):
            return saved
        messages.success(request, _("Saved."))
        return redirect("attract:edit", saved.pk)

    def delete(self, request: HttpRequest, number: int) -> HttpResponse:
        article = self.article(number)
        if article.state != "draft":
            sentence = _("It is public or scheduled. Take it back first.")
            return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
        article.delete()
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("attract:content")
        return response


class Suggestions(Desk):
    """GET /content/articles/suggestions with `related`: articles to read on."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("related", "")
        rows = matching(Content.objects.filter(kind=Content.Kind.ARTICLE), words).order_by("-updated_at")[:20]
        return render(request, "attract/articles/_suggestions.html", {"rows": rows})
