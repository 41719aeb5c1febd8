"""What the views of one article share: finding it, showing its editor, saving what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from reif.attract.content.article_form import ArticleForm
from reif.attract.content.changes import changes
from reif.attract.content.preview import as_typed, secret_link
from reif.attract.content.save import EditedMeanwhile, SlugTaken, save, start
from reif.attract.content.text import as_checked, said
from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Content
from reif.attract.seo_check import check, verdict
from reif.staff.models import User
from reif.staff.views import Desk

SUGGESTED = 50


class Editing(Desk):
    """What the views of one article share."""

    roles = READERS
    writers = WRITERS

    def article(self, number: int) -> Content:
        found: Content = get_object_or_404(Content.objects.select_related("edited_by"), pk=number)
        return found

    def show(
        self, request: HttpRequest, form: ArticleForm, article: Content | None, status: int = 200, **more: Any
    ) -> HttpResponse:
        typed = as_typed(request.POST) if form.is_bound else article or Content()
        findings = check(as_checked(typed)) if article or form.is_bound else []
        context = {
            "form": form, "article": article, "findings": findings, "verdict": verdict(findings), "typed": typed,
            "may_write": self.request.user.role in WRITERS, "link": secret_link(article) if article else "", **suggestions(), **more,
        }  # fmt: skip
        return render(request, "attract/articles/editor.html", context, status=status)

    def try_to_save(self, request: HttpRequest, form: ArticleForm, article: Content | None) -> Content | HttpResponse:
        """The stored article, or the editor once more with what was typed and a sentence."""
        user: User = self.request.user
        if not form.is_valid():
            return self.show(request, form, article, 422)
        try:
            if article is None:
                return start(form.values(), user.pk)
            return save(article, form.values(), form.cleaned_data["version"] or 0, user.pk)
        except SlugTaken:
            form.add_error("slug", _("Another article has this address. Choose a different one."))
            return self.show(request, form, article, 422)
        except EditedMeanwhile as meanwhile:
            return self.show(
                request,
                form,
                meanwhile.theirs,
                409,
                theirs=meanwhile.theirs,
                difference=_difference(form, meanwhile.theirs),
            )


def suggestions() -> dict[str, list[str]]:
    """What others wrote into the fields, for the browser to offer."""
    texts = Content.objects.filter(kind=Content.Kind.ARTICLE)
    recent = texts.order_by("-updated_at").values_list("author", "category")[:500]
    authors, categories = zip(*recent, strict=True) if recent else ((), ())
    return {
        "authors": sorted({a for a in authors if a})[:SUGGESTED],
        "categories": sorted({c for c in categories if c})[:SUGGESTED],
    }


def _difference(form: ArticleForm, theirs: Content) -> list[Any]:
    return changes(said(theirs), form.values())
