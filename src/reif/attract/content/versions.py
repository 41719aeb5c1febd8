"""What a text was, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.attract.content.changes import changes
from reif.attract.content.editing import Editing
from reif.attract.content.save import restore
from reif.attract.content.writers import WRITERS
from reif.attract.models import Revision


class Revisions(Editing):
    """GET /content/articles/<n>/revisions with `at`: what was, and what differs. POST with `at`: restore it."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        article = self.article(number)
        rows = list(article.revisions.select_related("by").order_by("-version")[:100])
        wanted = request.GET.get("at", "")
        chosen = next((r for r in rows if str(r.version) == wanted), rows[0] if rows else None)
        before = next((r for r in rows if chosen and r.version < chosen.version), None)
        context = {
            "article": article,
            "revisions": rows,
            "chosen": chosen,
            "may_write": self.request.user.role in WRITERS,
        }
        context |= {"changes": changes(before.said if before else {}, chosen.said) if chosen else []}
        return render(request, "attract/articles/revisions.html", context)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        article = self.article(number)
        wanted = request.POST.get("at", "")
        revision = get_object_or_404(Revision, content=article, version=int(wanted) if wanted.isdigit() else 0)
        restore(article, revision, self.request.user.pk)
        messages.success(request, _("Version %(n)s stands there again.") % {"n": revision.version})
        return redirect("attract:edit", article.pk)
