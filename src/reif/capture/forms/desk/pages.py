"""All forms, and how one of them does."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.capture.forms.desk import figures
from reif.capture.forms.form_file import Form
from reif.capture.forms.over import over
from reif.capture.models import Submission
from reif.playbook.current import current
from reif.staff.keyset import capped_count
from reif.staff.models import Role
from reif.staff.period import CHOICES, period_of
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST})
WRITERS = frozenset({Role.ADMIN, Role.MARKETING})


class FormsView(Desk):  # /forms?days=30
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        language = (get_language() or "de")[:2]
        period = period_of(request.GET)
        sums, held, last = figures.sums(period), figures.waiting(), figures.last_sent()
        rows = [
            {
                "form": form, "title": form.title.in_(language) or form.slug, "over": over(form), "sums": sums.get(form.slug, figures.Sums()),
                "held": held.get(form.slug, 0), "last": last.get(form.slug),
            }
            for form in current("forms").forms
        ]  # fmt: skip
        context = {"rows": rows, "period": period, "choices": CHOICES, "held": sum(held.values())}
        return render(request, "capture/desk/forms.html", context | {"may_write": request.user.role in WRITERS})


class FormView(Desk):  # /forms/demo?days=90
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest, slug: str) -> HttpResponse:
        form, language = find(slug), (get_language() or "de")[:2]
        period = period_of(request.GET)
        leaving = figures.leaving(form, period, language)
        days = figures.by_day(slug, period)
        context = frame(form, request, "numbers") | {
            "period": period, "choices": CHOICES, "sums": figures.sums(period).get(slug, figures.Sums()),
            "before": figures.sums(period.before).get(slug, figures.Sums()),
            "leaving": leaving, "most_left": max((line.left for line in leaving), default=0),
            "chart": _chart(days), "days": list(zip(days["x"], days["series"]["view"], days["series"]["sent"], strict=True)),
            "pages": figures.by_place(slug, period, "path"), "variants": figures.by_place(slug, period, "variant"),
            "sources": figures.by_source(slug, period), "table": request.GET.get("as") == "table",
        }  # fmt: skip
        return render(request, "capture/desk/form.html", context)


def find(slug: str) -> Form:
    """The form of the playbook in force."""
    form: Form | None = current("forms").by_slug(slug)
    if form is None:
        raise Http404
    return form


def frame(form: Form, request: StaffRequest, tab: str) -> dict[str, Any]:
    """What the head of each page of a form needs."""
    language = (get_language() or "de")[:2]
    sent, more = capped_count(Submission.objects.filter(form=form.slug))
    return {
        "form": form, "title": form.title.in_(language) or form.slug, "over": over(form), "tab": tab,
        "may_write": request.user.role in WRITERS, "held": figures.waiting().get(form.slug, 0),
        "number": f"{sent}+" if more else sent, "base": settings.BASE_URL,
    }  # fmt: skip


def _chart(days: dict[str, Any]) -> dict[str, Any]:
    names = {"view": _("Seen"), "sent": _("Sent")}
    series = [{"name": names[key], "values": values} for key, values in days["series"].items()]
    return {"x": days["x"], "series": series}
