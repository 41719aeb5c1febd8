"""/pages/<id>/versions: who wrote what and when, what differs in words, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages.draft import Change, change, head_of
from reif.attract.pages.in_words import differences
from reif.attract.pages.pieces import Editing, seen
from reif.attract.pages.sheet import sheet

SIZE, SITTING = 60, timedelta(minutes=30)


@dataclass
class Sitting:
    """What one person did in one go: the newest state stands for it, the steps can be unfolded."""

    newest: PageRevision
    steps: list[PageRevision] = field(default_factory=list)
    is_live: bool = False
    is_draft: bool = False


class Versions(Editing):  # /pages/4/versions, ?before=120 for older ones
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        arm = self.arm(request, page)
        head_of(page, arm)
        rows = page.revisions.filter(arm=arm).select_related("by").defer("sheet").order_by("-number")
        if (before := request.GET.get("before", "")).isdigit():
            rows = rows.filter(number__lt=int(before[:9]))
        found = list(rows[: SIZE + 1])
        context = seen(page, arm) | {"sittings": sittings(found[:SIZE], page, head_of(page, arm).pk)}
        context |= {
            "older": found[SIZE - 1].number if len(found) > SIZE else 0,
            "may_write": _may(self),
            "here": "versions",
        }
        return render(request, "attract/editor/versions.html", context)


class Version(Editing):  # /pages/4/versions/12: against the draft, or ?with=live or an earlier number; POST restores it
    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        page = self.page(pk)
        chosen = get_object_or_404(page.revisions.select_related("by", "parent"), number=number)
        head = head_of(page, chosen.arm)
        against = _against(page, chosen, head, request.GET.get("with", ""))
        changes = differences(sheet(against.sheet), sheet(chosen.sheet)) if against else []
        context = seen(page, chosen.arm) | {
            "chosen_version": chosen, "against": against, "changes": changes, "is_head": head.pk == chosen.pk,
            "may_write": _may(self), "here": "versions",
        }  # fmt: skip
        return render(request, "attract/editor/version.html", context)

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        page = self.page(pk)
        chosen = get_object_or_404(page.revisions, number=number)
        arm = "a" if chosen.arm == "a" or not page.arms.filter(key=chosen.arm, closed_at=None).exists() else chosen.arm
        said = sheet(chosen.sheet)
        change(
            page,
            arm,
            head_of(page, arm).pk,
            Change(PageRevision.Kind.RESTORE, lambda _now: said),
            by=self.request.user.pk,
        )
        messages.success(
            request, _("Version %(number)s is the draft again. Visitors see it once you publish.") % {"number": number}
        )
        return redirect(f"/pages/{pk}?arm={arm}" if arm != "a" else f"/pages/{pk}")


def sittings(rows: list[PageRevision], page: LandingPage, head: int) -> list[Sitting]:
    """Steps of one person within half an hour together; what was published stands alone at the top of its own."""
    made: list[Sitting] = []
    for row in rows:
        last = made[-1] if made else None
        together = (
            last is not None
            and last.newest.by_id == row.by_id
            and row.by_id is not None
            and row.pk != page.live_id
            and PageRevision.Kind.ASIDE not in (row.kind, last.newest.kind)
            and last.steps[-1].at - row.at < SITTING
        )
        if together and last:
            last.steps.append(row)
            last.is_draft = last.is_draft or row.pk == head
        else:
            made.append(Sitting(row, [row], is_live=row.pk == page.live_id, is_draft=row.pk == head))
    return made


def _against(page: LandingPage, chosen: PageRevision, head: PageRevision, wanted: str) -> PageRevision | None:
    if wanted.isdigit():
        return page.revisions.filter(number=int(wanted[:9])).first()
    if wanted == "live":
        return page.live
    if wanted == "draft":
        return head
    return chosen.parent


def _may(view: Editing) -> bool:
    return view.request.user.role in (view.writers or ())
