"""What sellers fill in when they send somebody back, and managers when they give somebody by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reif.kit.clock import now
from reif.route.crew import TAKERS
from reif.route.reasons import Fit, Reason
from reif.route.reject import Refusal
from reif.staff.models import User


class RefusalForm(forms.Form):
    """A reason; what does not fit when that is the reason; a day when the moment is wrong."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=Reason.choices, widget=forms.RadioSelect(attrs={"class": "input"}),
        error_messages={"required": _("Please choose a reason: marketing learns from it.")},
    )  # fmt: skip
    detail = forms.ChoiceField(
        label=_("What does not fit?"), choices=[("", _("Please choose")), *Fit.choices], required=False
    )
    until = forms.DateField(
        label=_("When to come back?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Note for marketing"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reason, until = given.get("reason"), given.get("until")
        if reason == Reason.NO_FIT and not given.get("detail"):
            self.add_error("detail", _("Please say what does not fit; the scoring is corrected by it."))
        if reason == Reason.BAD_TIMING and not until:
            self.add_error("until", _("Please choose the day on which to get in touch again."))
        elif reason == Reason.BAD_TIMING and until and until <= now().date():
            self.add_error("until", _("This day has to be in the future."))
        return given

    def refusal(self) -> Refusal:
        """What the form says, without what does not belong to the reason."""
        given = self.cleaned_data
        reason = Reason(given["reason"])
        detail = Fit(given["detail"]) if reason == Reason.NO_FIT else None
        return Refusal(reason, detail, given["note"], given["until"] if reason == Reason.BAD_TIMING else None)


class HandForm(forms.Form):
    """To whom."""

    owner = forms.ModelChoiceField(
        label=_("Give to"), queryset=User.objects.none(), empty_label=_("Choose a seller"),
        error_messages={"required": _("Please choose a seller.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takers = User.objects.filter(is_active=True, role__in=TAKERS).order_by("first_name", "last_name")
        self.fields["owner"].queryset = takers  # type: ignore[attr-defined]
