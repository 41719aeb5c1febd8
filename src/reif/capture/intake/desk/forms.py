"""What people enter about a connection."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.capture.intake.verify import WAYS
from reif.capture.models.intake import Connection
from reif.crm.models import Source

HOW = ("way", "header", "encoding", "id", "items", "source")


class NewForm(forms.Form):
    """A new connection."""

    name = forms.CharField(
        label=gettext_lazy("What do you call it?"), max_length=100,
        help_text=gettext_lazy("It stands in the timeline of people, and it is the source when nothing else is known."),
    )  # fmt: skip


class SettingsForm(forms.Form):
    """Everything about a connection that is no secret and no mapping."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    way = forms.ChoiceField(label=gettext_lazy("How a call proves itself"), choices=list(WAYS.items()))
    header = forms.RegexField(label=gettext_lazy("Header"), regex=r"^[A-Za-z0-9-]{1,60}$", required=False)
    before = forms.CharField(label=gettext_lazy("What stands before the signature"), max_length=20, required=False)
    encoding = forms.ChoiceField(
        label=gettext_lazy("Written as"), choices=[("hex", "hex"), ("base64", "base64")], required=False
    )
    source = forms.ChoiceField(label=gettext_lazy("Source of these leads"), required=False)
    id = forms.CharField(
        label=gettext_lazy("Path of the sender’s own id"), max_length=200, required=False,
        help_text=gettext_lazy("Calls with the same id are one lead. Without it, calls with the same content are."),
    )  # fmt: skip
    items = forms.CharField(
        label=gettext_lazy("Path of the list"), max_length=200, required=False,
        help_text=gettext_lazy("When one call brings several leads."),
    )  # fmt: skip
    only_path = forms.CharField(label=gettext_lazy("Only when this path …"), max_length=200, required=False)
    only_is = forms.CharField(label=gettext_lazy("… is one of these, with commas"), max_length=300, required=False)
    networks = forms.CharField(
        label=gettext_lazy("Networks that may call"), required=False, max_length=2000,
        help_text=gettext_lazy("Addresses or networks such as 203.0.113.0/24, with commas. Empty: everybody who has the secret."),
    )  # fmt: skip
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days that the content of calls is kept"), min_value=1, max_value=365,
        help_text=gettext_lazy("Within them a call can be processed again."),
    )  # fmt: skip

    def __init__(self, posted: Any = None, *, connection: Connection) -> None:
        self.connection = connection
        how, only = connection.how, connection.how.get("only") or {}
        told = {key: how.get(key, "") for key in HOW} | {
            "name": connection.name, "keep_days": connection.keep_days, "only_path": only.get("path", ""),
            "only_is": only.get("is", ""), "networks": ", ".join(how.get("networks") or []), "way": how.get("way", "header"), "before": how.get("prefix", ""),
        }  # fmt: skip
        super().__init__(posted, initial=told)
        sources = [("", _("what the lead itself says")), *Source.choices]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        if connection.kind != Connection.Kind.JSON:
            for name in ("way", "header", "before", "encoding", "source", "id", "items", "only_path", "only_is"):
                del self.fields[name]

    def clean_networks(self) -> list[str]:
        found = [one.strip() for one in self.cleaned_data["networks"].replace("\n", ",").split(",") if one.strip()]
        for one in found:
            try:
                ip_network(one, strict=False)
            except ValueError:
                raise forms.ValidationError(
                    _("“%(network)s” is no network. Write it like 203.0.113.0/24.") % {"network": one}
                ) from None
        return found

    def save(self) -> None:
        """Write them to the connection."""
        told, one = self.cleaned_data, self.connection
        how = {key: told[key] for key in HOW if told.get(key)} | {"networks": told["networks"]}
        how |= {"prefix": told["before"]} if told.get("before") else {}
        if told.get("only_path") and told.get("only_is"):
            how["only"] = {"path": told["only_path"], "is": told["only_is"]}
        one.name, one.keep_days, one.how = told["name"], told["keep_days"], how
        one.save(update_fields=["name", "keep_days", "how"])
