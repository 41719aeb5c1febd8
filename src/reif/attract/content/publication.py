"""Publish an article from its editor, take it back, give it back to its file."""

from __future__ import annotations

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from reif.attract.content.article_form import ArticleForm, ReleaseForm
from reif.attract.content.editing import Editing
from reif.attract.content.release import release, withdraw
from reif.attract.content.save import give_back
from reif.attract.content.writers import WRITERS
from reif.attract.models import Content


class Publication(Editing):
    """POST /content/articles/<n>/publication: save what stands in the editor and publish it, now or at `day`, `hour`.

    With `away`, it is taken back.
    """

    roles = WRITERS

    def post(self, request: HttpRequest, number: int) -> HttpResponseBase:
        article, user = self.article(number), self.request.user
        if "away" in request.POST:
            withdraw(article, user.pk)
            messages.success(request, _("It is a draft again; its address shows nothing."))
            return redirect("attract:edit", article.pk)
        saved = self.try_to_save(request, ArticleForm(request.POST), article)
        if isinstance(saved, HttpResponse):
            return saved
        try:
            moment = ReleaseForm(request.POST).moment() if "later" in request.POST else None
        except ValidationError as error:
            return self.show(request, ArticleForm.of(saved), saved, 422, release_error=error.messages[0])
        release(saved, moment, user.pk)
        messages.success(request, _said(saved))
        return redirect("attract:edit", saved.pk)


class BackToFile(Editing):
    """POST /content/articles/<n>/file: the file of the playbook may change it again."""

    roles = WRITERS

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        article = self.article(number)
        give_back(article)
        messages.success(request, _("The file writes this text again, with the next loading of the playbook."))
        return redirect("attract:edit", article.pk)


def _said(article: Content) -> str:
    if article.state == "scheduled":
        moment = date_format(localtime(article.published_at), "DATETIME_FORMAT")
        return _("It becomes public by itself: %(moment)s.") % {"moment": moment}
    return _("It is public.")
