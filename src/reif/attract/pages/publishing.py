"""Settings, address, and bringing a page before visitors, now or later."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.attract.models import LandingPage, PageRevision
from reif.attract.pages import block_edits as edits
from reif.attract.pages.about_form import AboutForm, AddressForm
from reif.attract.pages.address import move
from reif.attract.pages.draft import Change, change, head_of
from reif.attract.pages.findings import findings, weighty
from reif.attract.pages.pieces import Editing, base_of, seen
from reif.attract.pages.publication import end_at, publish_page, schedule, take_down, unschedule
from reif.attract.pages.refused import Refused
from reif.attract.pages.sheet import sheet


class About(Editing):  # /pages/4/about: what stands about the page
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.shown(request, pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        form = AboutForm(request.POST)
        if not form.is_valid():
            return self.shown(request, pk, form=form, status=422)
        what = Change(PageRevision.Kind.META, edits.about(**form.cleaned_data))
        kept = change(page, "a", base_of(request), what, by=self.request.user.pk)
        if kept.aside:
            words = {"number": kept.aside.number}
            messages.error(
                request,
                _("Somebody else has changed the settings meanwhile. Yours are kept as version %(number)s.") % words,
            )
            return redirect("attract:version", pk, kept.aside.number)
        messages.success(request, _("Saved in the draft. Visitors see it once you publish."))
        return redirect("attract:about", pk)

    def shown(
        self,
        request: HttpRequest,
        pk: int,
        form: forms.Form | None = None,
        address: forms.Form | None = None,
        status: int = 200,
    ) -> HttpResponse:
        page = self.page(pk)
        context = seen(page, "a")
        said = context["sheet"]
        found = findings(request, page, said)
        if page.findings != weighty(found):
            LandingPage.objects.filter(pk=page.pk).update(findings=weighty(found))
        context |= {
            "form": form or AboutForm(initial=said.plain()),
            "address": address or AddressForm(initial={"slug": page.slug, "at": page.at or ""}),
            "old": page.old_addresses.order_by("-since")[:20], "findings": found,
            "may_write": self.request.user.role in (self.writers or ()), "here": "about",
        }  # fmt: skip
        return render(request, "attract/editor/about.html", context, status=status)


class Address(About):  # POST /pages/4/address: another slug, an address of its own
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("attract:about", pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = AddressForm(request.POST)
        page = self.page(pk)
        try:
            if page.running:
                raise Refused(_("A test is running. End it first: what is compared must not change on the way."))
            move(page, request.POST.get("slug", ""), request.POST.get("at", ""))
        except Refused as refused:
            form.add_error("slug", str(refused))
            return self.shown(request, pk, address=form, status=422)
        messages.success(request, _("Done. The old address leads to the new one."))
        return redirect("attract:about", pk)


class Publication(Editing):  # POST /pages/4/publication: publish the draft; with `down` take the page from the net
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page, me = self.page(pk), self.request.user.pk
        try:
            if request.POST.get("down"):
                take_down(page, request.POST.get("gone_to", "").strip(), by=me)
                messages.success(request, _("Visitors no longer get this page."))
            else:
                publish_page(page, head_of(page), by=me)
                found = findings(request, page, sheet(head_of(page).sheet))
                LandingPage.objects.filter(pk=page.pk).update(findings=weighty(found))
                messages.success(request, _("Published. Visitors get this version from now on."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("attract:about" if request.POST.get("down") else "attract:editor", pk)


class Schedule(Editing):  # POST /pages/4/schedule: `at` publish then, `until` take down then, both may be empty
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self.page(pk)
        try:
            at, until = moment(request.POST.get("at", "")), moment(request.POST.get("until", ""))
            schedule(page, head_of(page), at) if at else unschedule(page)
            end_at(page, until, request.POST.get("gone_to", "").strip())
            messages.success(request, _("The plan is kept."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("attract:about", pk)


def moment(text: str) -> datetime | None:
    """A local date and time as the browser's field gives it. Raises Refused."""
    if not text.strip():
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text.strip()[:16]))
    except ValueError as error:
        raise Refused(_("This is no date with a time. Write 2026-12-31T18:00, or choose it.")) from error
