"""/pages/<id>/test: start a comparison, see what it says, end it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reif.attract.models import LandingPage, PageTest
from reif.attract.pages import tally
from reif.attract.pages.compare import end, start
from reif.attract.pages.pictured import chart, days_table, gaps_to_first, rails
from reif.attract.pages.pieces import Editing, seen
from reif.attract.pages.refused import Refused
from reif.attract.pages.rule import Rule
from reif.attract.pages.verdict import judge


class Comparison(Editing):  # /pages/4/test, ?number=2 an earlier one, ?as=table; POST starts one
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        tally.flush()
        page = self.page(pk)
        tests = list(page.tests.select_related("started_by", "ended_by").defer("arms")[:20])
        chosen = self._chosen(page, request.GET.get("number", ""))
        context: dict[str, Any] = seen(page, "a") | {"tests": tests, "test": chosen, "rule": Rule()}
        context |= {"may_write": self.request.user.role in (self.writers or ()), "here": "test"}
        if chosen:
            said = judge(chosen)
            context |= {
                "verdict": said,
                "chart": chart(chosen, said),
                "rails": rails(said),
                "gaps_to": gaps_to_first(said),
            }
            context |= {"as_table": request.GET.get("as") == "table", "days": days_table(chosen, said)}
        return render(request, "attract/editor/test.html", context)

    def _chosen(self, page: LandingPage, number: str) -> PageTest | None:
        if number.isdigit():
            return page.tests.filter(number=int(number[:9])).first()
        return page.running or page.tests.first()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            rule = _rule(request)
            start(self.page(pk), rule, _whole(request, "weight_a", 1, 1, 100), by=self.request.user.pk)
            messages.success(request, _("The test runs. Visitors are split from now on."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("attract:page_test", pk)


class Outcome(Editing):  # POST /pages/4/test/outcome: `winner` an arm, or nothing to stop without one
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        tally.flush()
        page = self.page(pk)
        if page.running is None:
            raise Http404
        said = judge(page.running)
        winner = request.POST.get("winner", "")
        arm = next((a for a in said.arms if a.key == winner), None)
        end(page.running, winner if arm else "", "hand", by=self.request.user.pk, sure=arm.odds.best if arm else 0.0)
        words = (
            _("“%(name)s” is the page now.") % {"name": arm.name}
            if arm
            else _("The test has ended; the page stays as it was.")
        )
        messages.success(request, words)
        return redirect("attract:page_test", pk)


def _rule(request: HttpRequest) -> Rule:
    loss = request.POST.get("loss", "0.2").replace(",", ".")
    try:
        share = min(max(float(loss) / 100, 0.0001), 0.05)
    except ValueError as error:
        raise Refused(_("How much may a wrong choice cost? Write percentage points, for example 0.2.")) from error
    return Rule(
        loss=share, sure=_whole(request, "sure", 95, 80, 99) / 100, people=_whole(request, "people", 200, 50, 1_000_000),
        days=_whole(request, "days", 7, 1, 90), auto=bool(request.POST.get("auto")),
    )  # fmt: skip


def _whole(request: HttpRequest, name: str, usual: int, least: int, most: int) -> int:
    text = request.POST.get(name, "").strip()
    return min(max(int(text[:9]), least), most) if text.isdigit() else usual
