"""The editor answers a change with the pieces of its page that are different now, and the base of the next change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import LandingPage, PageArm, PageRevision
from reif.attract.pages.block_form import BlockForm
from reif.attract.pages.blocks import BY_NAME
from reif.attract.pages.draft import Change, Kept, after, before, change, head_of
from reif.attract.pages.gaps import empty_fields, gaps
from reif.attract.pages.in_words import summary
from reif.attract.pages.sheet import Sheet, sheet
from reif.staff.views import Desk, StaffRequest


class Editing(Desk):
    """A view on one page's draft: `arm` in the query says which variant, `base` which revision the writer has seen."""

    roles = READERS
    writers = WRITERS
    request: StaffRequest

    def page(self, pk: int) -> LandingPage:
        found: LandingPage = get_object_or_404(
            LandingPage.objects.select_related("draft__parent", "webinar", "asset", "running"), pk=pk
        )
        return found

    def arm(self, request: HttpRequest, page: LandingPage) -> str:
        wanted = request.GET.get("arm") or request.POST.get("arm") or "a"
        return wanted if wanted != "a" and page.arms.filter(key=wanted, closed_at=None).exists() else "a"

    def do(
        self, request: HttpRequest, pk: int, what: Change, said: str = "", select: str | None = None
    ) -> HttpResponse:
        """Do it to the draft and answer with the pieces; 409 when somebody else has changed the same block."""
        page = self.page(pk)
        arm = self.arm(request, page)
        try:
            kept = change(page, arm, base_of(request), what, by=self.request.user.pk)
        except PageRevision.DoesNotExist:
            return JsonResponse({"error": _("This version is unknown. Load the page again.")}, status=404)
        if kept.aside:
            return overtaken(request, page, arm, kept)
        return answer(request, self.page(pk), arm, said, select=select, merged=kept.merged)


def base_of(request: HttpRequest) -> int:
    told = request.POST.get("base") or request.GET.get("base") or ""
    return int(told) if told.isdigit() and len(told) < 19 else 0


def answer(
    request: HttpRequest, page: LandingPage, arm: str, said: str = "", *, select: str | None = None,
    merged: bool = False, form: BlockForm | None = None, of: str = "",
) -> HttpResponse:  # fmt: skip
    """The pieces after a change. select: the block whose form should be shown; None leaves the form as it is, of the block `of`."""
    context = seen(page, arm, select if select is not None else of or request.GET.get("block", ""))
    made: dict[str, Any] = {
        "base": context["head"].pk, "said": said, "select": select,
        "list": render_to_string("attract/editor/_list.html", context, request),
        "bar": render_to_string("attract/editor/_bar.html", context, request),
        "errors": {**soft(context["chosen_block"]), **(form.errors if form else {})},
    }  # fmt: skip
    if select is not None or merged:
        made["form"] = render_to_string("attract/editor/_form.html", context | form_context(context), request)
    if merged:
        made["toast"] = _("Somebody else has changed other parts of the page meanwhile. Both are kept.")
    return JsonResponse(made)


def overtaken(request: HttpRequest, page: LandingPage, arm: str, kept: Kept) -> HttpResponse:
    context = seen(page, arm, "") | {"aside": kept.aside, "theirs": kept.head}
    return JsonResponse(
        {"conflict": render_to_string("attract/editor/_overtaken.html", context, request), "base": kept.head.pk},
        status=409,
    )


def seen(page: LandingPage, arm: str, chosen: str = "") -> dict[str, Any]:
    """What the editor shows of a draft."""
    head = head_of(page, arm)
    said = sheet(head.sheet)
    block = said.block(chosen)
    found = gaps(said)
    return {
        "page": page, "arm": arm, "head": head, "sheet": said, "chosen": chosen if block else "", "chosen_block": block,
        "blocks": lines(said, {gap.block: gap.sentence for gap in reversed(found)}),
        "gaps": found, "may_undo": before(head) is not None, "may_redo": after(head) is not None,
        "changed": changed(page, head), "arms": arms(page), "kinds": list(BY_NAME),
    }  # fmt: skip


def form_context(context: dict[str, Any]) -> dict[str, Any]:
    block = context["chosen_block"]
    known = block and block.get("block") in BY_NAME
    return {"block_form": BlockForm(block) if known else None}


def lines(said: Sheet, problems: dict[str, str]) -> list[dict[str, str]]:
    """The blocks as the list shows them: kind, a few of its words, what is missing."""
    return [
        {"id": b["id"], "name": b["block"], "words": summary(b), "problem": problems.get(b["id"], "")}
        for b in said.blocks
    ]


def changed(page: LandingPage, head: PageRevision) -> bool:
    """Is the draft different from what visitors see?"""
    if head.arm != "a" or page.live_id == head.pk:
        return False
    live = page.live
    return live is None or live.sheet != head.sheet


def arms(page: LandingPage) -> list[PageArm]:
    return list(page.arms.filter(closed_at=None).order_by("key"))


def soft(block: dict[str, Any] | None) -> dict[str, str]:
    """What is still missing in a block, by the name of its field."""
    if not block or block.get("block") not in BY_NAME:
        return {}
    return {name: _("Still empty; the page cannot be published like this.") for name in empty_fields(block)}
