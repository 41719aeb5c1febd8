"""The forms for what stands about a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reif.attract.models import Asset, Webinar


class AboutForm(forms.Form):
    """Everything of a sheet that is no block."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("Stands in the browser’s tab and in search results.")
    )
    description = forms.CharField(
        label=_("Description"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for search results and previews, about 150 letters."),
    )  # fmt: skip
    keyword = forms.CharField(
        label=_("Focus keyword"),
        max_length=60,
        required=False,
        help_text=_("What people type to find this page; the check looks for it."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    webinar = forms.ChoiceField(label=_("Webinar"), required=False)
    asset = forms.ChoiceField(label=_("File"), required=False, help_text=_("The whitepaper that this page gives."))
    cover = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    bare = forms.BooleanField(
        label=_("Without navigation"), required=False, help_text=_("Nothing leads away from the page.")
    )
    hidden = forms.BooleanField(label=_("Not for search engines"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("webinar", Webinar), ("asset", Asset)):
            rows = model._default_manager.order_by("title").values_list("slug", "title")[:500]
            self.fields[name].choices = [("", _("None")), *rows]  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Where the page is."""

    slug = forms.CharField(label=_("Address"), max_length=120)
    at = forms.CharField(
        label=_("Short address"),
        max_length=120,
        required=False,
        help_text=_("For example preise: then the page is at /preise."),
    )
