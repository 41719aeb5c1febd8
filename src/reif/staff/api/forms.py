"""What an administrator says about a new key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.staff.api.resource import SCOPES

ENDS = (("", gettext_lazy("Never")), ("30", gettext_lazy("In 30 days")), ("365", gettext_lazy("In a year")))


class KeyForm(forms.Form):
    """A name, what the key may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Who will use it?"), max_length=100,
        help_text=gettext_lazy("The software or the person, so that you know later which key to end."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one; a key without any could do nothing.")},
    )  # fmt: skip
    ends = forms.ChoiceField(label=gettext_lazy("It ends"), choices=ENDS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        field.choices = [(scope, scope_words(scope)) for scope in sorted(SCOPES)]  # type: ignore[attr-defined]

    @property
    def days(self) -> int | None:
        return int(self.cleaned_data["ends"]) if self.cleaned_data["ends"] else None


def scope_words(scope: str) -> str:
    """A scope as people say it; one that no room offers any more stays as it is."""
    if scope not in SCOPES:
        return scope
    label, kind = SCOPES[scope]
    words = _("%(things)s: read") if kind == "read" else _("%(things)s: write")
    return words % {"things": label}
