"""What sellers fill in: deals, their end, and activities."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.close.reasons import LOST
from reif.crm.models import Activity, Deal, DealStage, Person
from reif.crm.money import CURRENCIES, NotAnAmount, cents_of
from reif.staff.models import User

KINDS = ("demo", "meeting", "call", "task")
_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")


class AmountField(forms.CharField):
    """Text in, cents out; empty is nought."""

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return cents_of(text) if text else 0
        except NotAnAmount:
            raise forms.ValidationError(
                _("“%(text)s” is not an amount. Write it like 12’500.") % {"text": text}
            ) from None


class PersonField(forms.CharField):
    """`Petra Muster <petra@firma.ch>` or the address alone; one of those that the reader may see."""

    user: User

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        found = _ADDRESS.search(text)
        address = (found[1] if found else text).strip().lower()
        person: Person | None = (
            Person.objects.living().visible_to(self.user).filter(email=address).select_related("company").first()
        )
        if person is None:
            raise forms.ValidationError(_("Nobody of yours has the address “%(text)s”.") % {"text": address})
        return person


def _day(**attrs: object) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class DealForm(forms.Form):
    """A new deal."""

    person = PersonField(
        label=gettext_lazy("Person"), help_text=gettext_lazy("Type a name, a company or an address."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "people-found"}),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("What is it about?"), max_length=200)
    amount = AmountField(
        label=gettext_lazy("Amount"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(c, c) for c in CURRENCIES])
    stage = forms.ChoiceField(label=gettext_lazy("Deal stage"), choices=DealStage.choices)
    expected_on = forms.DateField(label=gettext_lazy("Expected on"), required=False, widget=_day())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].user = user  # type: ignore[attr-defined]


class DealFieldsForm(forms.Form):
    """What can be changed on the page of a deal."""

    name = forms.CharField(label=gettext_lazy("What is it about?"), max_length=200)
    amount = AmountField(
        label=gettext_lazy("Amount"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(c, c) for c in CURRENCIES])
    expected_on = forms.DateField(label=gettext_lazy("Expected on"), required=False, widget=_day())

    @classmethod
    def of(cls, deal: Deal) -> DealFieldsForm:
        whole, cents = divmod(deal.cents, 100)
        amount = f"{whole}.{cents:02}" if cents else str(whole)
        initial = {"name": deal.name, "amount": amount, "currency": deal.currency, "expected_on": deal.expected_on}
        return cls(initial=initial)

    def values(self) -> dict[str, Any]:
        """For change_deal."""
        given = dict(self.cleaned_data)
        return {"cents": given.pop("amount"), **given}


class ClosureForm(forms.Form):
    """Won or lost; lost needs a reason."""

    outcome = forms.ChoiceField(choices=[("won", "won"), ("lost", "lost")], widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why was it lost?"),
        choices=list(LOST.items()),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "input"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == "lost" and not given.get("reason"):
            self.add_error("reason", _("Please choose a reason: it is what we learn from."))
        return given


class ActivityForm(forms.Form):
    """Something to do, with a person or for a deal."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"), choices=[(k, Activity.Kind(k).label) for k in KINDS], initial="call"
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    day = forms.DateField(label=gettext_lazy("Day"), widget=_day())
    at = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=time(10)
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=5, max_value=1440, initial=30)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    deal = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        deal, person = given.get("deal"), given.get("person")
        found = Deal.objects.visible_to(self.user).select_related("person").filter(id=deal).first() if deal else None
        given["deal"] = found
        given["person"] = self._person(person) if person else (found.person if found else None)
        if given["deal"] is None and given["person"] is None:
            raise forms.ValidationError(_("An activity belongs to a person or to a deal that you may see."))
        return given

    def _person(self, number: int) -> Person | None:
        found: Person | None = Person.objects.living().visible_to(self.user).filter(id=number).first()
        return found

    @property
    def due_at(self) -> datetime:
        """Day and time in the seller's zone."""
        moment = datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"])
        return timezone.make_aware(moment)

    @property
    def words(self) -> str:
        """The subject, or what it is with whom."""
        given = self.cleaned_data
        if given["subject"]:
            return str(given["subject"])
        whom = given["person"].name if given["person"] else given["deal"].name
        return _("%(kind)s with %(name)s") % {"kind": Activity.Kind(given["kind"]).label, "name": whom}
