"""The page of the funnel."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from reif.analyse.funnel import Step, funnel
from reif.rules.within import Within
from reif.staff.period import CHOICES, period_of
from reif.staff.views import EVERYONE, Desk, StaffRequest


class Line(NamedTuple):
    """A step beside the same step of the period before."""

    step: Step
    before: Step

    @property
    def change(self) -> int | None:
        """People, in percent against the period before."""
        return round((self.step.reached / self.before.reached - 1) * 100) if self.before.reached else None

    @property
    def points(self) -> int | None:
        """Conversion, in percentage points against the period before."""
        if self.step.share is None or self.before.share is None:
            return None
        return round((self.step.share - self.before.share) * 100)


class FunnelView(Desk):  # /funnel?days=90&segment=large or ?from=2026-01-01&to=2026-03-31
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest) -> HttpResponse:
        period, within = period_of(request.GET), Within.of(request.GET)
        now_, before = (
            funnel(period.since, period.until, None, within),
            funnel(period.before.since, period.before.until, period.seen_before, within, medians=False),
        )
        context: dict[str, Any] = within.drawn(request) | {
            "period": period, "choices": CHOICES, "funnel": now_, "table": request.GET.get("as") == "table",
            "lines": [Line(step, old) for step, old in zip(now_.steps, before.steps, strict=True)],
        }  # fmt: skip
        return render(request, "analyse/_funnel.html" if request.htmx else "analyse/funnel.html", context)  # type: ignore[attr-defined]
