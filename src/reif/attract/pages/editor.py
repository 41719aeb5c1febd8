"""/pages/<id>: the editor, its preview, and every change to the blocks of a draft."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages import block_edits as edits
from reif.attract.pages.block_form import BlockForm, Unfit
from reif.attract.pages.blocks import BY_NAME
from reif.attract.pages.draft import Change, change, head_of, step
from reif.attract.pages.fields import ZONES
from reif.attract.pages.fresh import fresh
from reif.attract.pages.labels import BLOCKS, block_label
from reif.attract.pages.pieces import Editing, answer, base_of, form_context, overtaken, seen
from reif.attract.pages.publication import show as write_down
from reif.attract.pages.sheet import sheet
from reif.attract.pages.visit import show, sound

Kind = PageRevision.Kind
SELF: dict[str, list[str]] = {"frame-ancestors": ["'self'"]}


class Editor(Editing):  # /pages/4
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        arm = self.arm(request, page)
        head = head_of(page, arm)
        first = next((b["id"] for b in sheet(head.sheet).blocks), "")
        context = seen(page, arm, request.GET.get("block", first))
        context |= form_context(context) | {"palette": BLOCKS, "zones": ZONES, "addresses": _addresses()}
        context |= {"may_write": self.request.user.role in (self.writers or ())}
        return render(request, "attract/editor/editor.html", context)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class Preview(Editing):  # /pages/4/preview: the draft as visitors would see it; ?revision= an earlier one
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        wanted = request.GET.get("revision", "")
        head = head_of(page, self.arm(request, page))
        if wanted.isdigit():
            head = PageRevision.objects.filter(page=page, number=int(wanted)).first() or head
        said = sheet(head.sheet)
        write_down(page, said)  # on this copy of the row alone, to be rendered
        editing = {"editing": True, "selectable": not wanted}
        response = show(request, page, sound(said), **editing)
        response._csp_replace = SELF  # type: ignore[attr-defined]
        response["Cache-Control"] = "no-store"
        return response


class Blocks(Editing):  # POST /pages/4/blocks: a new block of `kind` below `after`
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        name = request.POST.get("kind", "")
        if name not in BY_NAME:
            raise Http404
        page = self.page(pk)
        block = fresh(name, sheet(head_of(page, self.arm(request, page)).sheet).language)
        what = Change(Kind.ADD, edits.add(block, request.POST.get("after", "")))
        said = _("“%(block)s” added") % {"block": block_label(name)}
        return self.do(request, pk, what, said, select=block["id"])


class OneBlock(Editing):  # /pages/4/blocks/b1f2: its form; POST saves, DELETE takes it away
    def get(self, request: HttpRequest, pk: int, ident: str) -> HttpResponse:
        page = self.page(pk)
        return answer(request, page, self.arm(request, page), select=ident)

    def post(self, request: HttpRequest, pk: int, ident: str) -> HttpResponse:
        page = self.page(pk)
        arm = self.arm(request, page)
        block = (
            sheet(PageRevision.objects.get(page=page, pk=base_of(request)).sheet).block(ident)
            if base_of(request)
            else None
        )
        if block is None:
            return JsonResponse({"error": _("This block is gone. Load the page again.")}, status=404)
        form = BlockForm(block, request.POST)
        try:
            made = form.values()
        except Unfit as error:
            return JsonResponse({"error": str(error)}, status=422)
        what = Change(Kind.EDIT, edits.put(made), block=ident, field=request.POST.get("field", ""))
        kept = change(page, arm, base_of(request), what, by=self.request.user.pk)
        if kept.aside:
            return overtaken(request, page, arm, kept)
        return answer(request, self.page(pk), arm, merged=kept.merged, form=form, of=ident)

    def delete(self, request: HttpRequest, pk: int, ident: str) -> HttpResponse:
        what = Change(Kind.REMOVE, edits.remove(ident), block=ident)
        return self.do(request, pk, what, _("Block removed"), select=request.GET.get("next", ""))


class Copies(Editing):  # POST /pages/4/blocks/b1f2/copies
    def post(self, request: HttpRequest, pk: int, ident: str) -> HttpResponse:
        name = edits.fresh_id()
        return self.do(request, pk, Change(Kind.COPY, edits.copy(ident, name)), _("Block duplicated"), select=name)


class Order(Editing):  # POST /pages/4/order: `ids`, from top to bottom
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        ids = request.POST.get("ids", "").split(",")[:200]
        return self.do(request, pk, Change(Kind.ORDER, edits.order(ids)), request.POST.get("said", "")[:200])


class Steps(Editing):  # POST /pages/4/steps: `way` back or forward, which is undo and redo
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        arm = self.arm(request, page)
        back = request.POST.get("way") != "forward"
        old = head_of(page, arm)
        new = step(page, arm, base_of(request), back=back)
        if new is None:
            newer = old.pk != base_of(request)
            said = (
                _("Somebody else has changed the page meanwhile. Load it again.")
                if newer
                else _("There is nothing more to undo.")
            )
            return JsonResponse({"toast": said, "base": base_of(request)})
        undone = old if back else new
        words = {"what": str(Kind(undone.kind).label)}
        said = (_("Undone: %(what)s") if back else _("Done again: %(what)s")) % words
        return answer(request, self.page(pk), arm, said, select=_still(new, request, undone.block))


class Head(Editing):  # /pages/4/head?base=17: has somebody else written on it?
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        head = head_of(page, self.arm(request, page))
        if head.pk == base_of(request) or head.by_id == self.request.user.pk:
            return JsonResponse({"base": base_of(request)})
        who = head.by.name if head.by else _("Somebody")
        said = _("%(who)s is working on this page too. What you write is merged, block by block.") % {"who": who}
        return JsonResponse({"base": base_of(request), "other": said})


def _still(revision: PageRevision, request: HttpRequest, touched: str) -> str:
    """Which block to show after a step: the one that was touched, else the one that is open, if it is there."""
    said = sheet(revision.sheet)
    wanted = [touched, request.GET.get("block", ""), *(str(b["id"]) for b in said.blocks[:1])]
    return next((ident for ident in wanted if ident and said.block(ident)), "")


def _addresses() -> list[tuple[str, str]]:
    """Where links may lead, to choose from while typing."""
    pages = LandingPage.objects.published().order_by("title").only("slug", "at", "title")[:100]
    return [("#form", _("The form on this page")), *((page.path, page.title) for page in pages)]
