"""Correct where somebody came from, by hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.capture.sources.panel import WRITERS, draw_way
from reif.crm.correct_touch import Truth, correct_touch
from reif.crm.models import Person, Source, Touch
from reif.staff.views import EVERYONE, Desk, StaffRequest


class CorrectionForm(forms.Form):
    """What should count from now on, and why."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=Source.choices)
    detail_1 = forms.CharField(label=gettext_lazy("Detail 1"), required=False, max_length=255)
    detail_2 = forms.CharField(label=gettext_lazy("Detail 2"), required=False, max_length=255)
    campaign = forms.CharField(label=gettext_lazy("Campaign"), required=False, max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300,
        help_text=gettext_lazy("Everybody who reads the corrected value will find it beside it."),
    )  # fmt: skip

    def truth(self) -> Truth:
        told = self.cleaned_data
        return Truth(told["source"], told["detail_1"], told["detail_2"], told["campaign"])


class Way(Desk):  # /people/7/touches: the panel, asked again until a correction is written
    roles: ClassVar[frozenset[str]] = EVERYONE

    def get(self, request: StaffRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(Person.objects.living().visible_to(request.user), pk=pk)
        return HttpResponse(draw_way(request, person))


class Corrections(Desk):  # /people/7/touches/12/corrections
    roles: ClassVar[frozenset[str]] = WRITERS

    def get(self, request: StaffRequest, pk: int, number: int) -> HttpResponse:
        touch = self._touch(pk, number)
        told = {
            "source": touch.source,
            "detail_1": touch.detail_1,
            "detail_2": touch.detail_2,
            "campaign": touch.campaign,
        }
        return self._page(touch, CorrectionForm(initial=told))

    def post(self, request: StaffRequest, pk: int, number: int) -> HttpResponse:
        touch, form = self._touch(pk, number), CorrectionForm(request.POST)
        if not form.is_valid():
            return self._page(touch, form, 422)
        correct_touch(touch, form.truth(), form.cleaned_data["reason"], by=request.user.pk)
        messages.success(request, _("The correction counts from now on; what was seen stays beside it."))
        return redirect(f"/people/{pk}")

    def _touch(self, pk: int, number: int) -> Touch:
        person = get_object_or_404(Person.objects.living().visible_to(self.request.user), pk=pk)
        return get_object_or_404(Touch.objects.select_related("person"), pk=number, person=person)

    def _page(self, touch: Touch, form: CorrectionForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"person": touch.person, "touch": touch, "form": form}
        return render(self.request, "capture/correction.html", context, status=status)
