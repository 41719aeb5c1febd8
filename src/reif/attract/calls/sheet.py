"""The form of a call in the editor: every field with its rule, and bad input named in words."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reif.attract import house
from reif.attract.calls.showing import Showing, read
from reif.attract.models import Call
from reif.crm.models import Stage
from reif.crm.models.touch import Source
from reif.kit.clock import now
from reif.playbook.current import current

LANGUAGES = (("de", gettext_lazy("German")), ("en", gettext_lazy("English")))
DEVICES = (
    ("desktop", gettext_lazy("Computer")),
    ("tablet", gettext_lazy("Tablet")),
    ("phone", gettext_lazy("Smartphone")),
)
VISITORS = (
    ("", gettext_lazy("All")),
    ("new", gettext_lazy("New ones")),
    ("returning", gettext_lazy("Those who come back")),
)


class CallForm(forms.ModelForm[Call]):
    """What a marketer says about a call."""

    pages = forms.CharField(required=False, label=gettext_lazy("On these pages"), widget=forms.Textarea(attrs={"rows": 3}),
                            help_text=gettext_lazy("One path a line; * stands for anything: /blog/*. Empty: on all."))  # fmt: skip
    not_pages = forms.CharField(
        required=False, label=gettext_lazy("Not on these"), widget=forms.Textarea(attrs={"rows": 2})
    )
    sources = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("Came by"), widget=forms.CheckboxSelectMultiple
    )
    campaign = forms.CharField(required=False, max_length=200, label=gettext_lazy("Campaign (utm_campaign)"),
                               help_text=gettext_lazy("* stands for anything."))  # fmt: skip
    languages = forms.MultipleChoiceField(required=False, label=gettext_lazy("Language of the page"), choices=LANGUAGES,
                                          widget=forms.CheckboxSelectMultiple)  # fmt: skip
    devices = forms.MultipleChoiceField(required=False, label=gettext_lazy("Device"), choices=DEVICES,
                                        widget=forms.CheckboxSelectMultiple)  # fmt: skip
    visitors = forms.ChoiceField(required=False, label=gettext_lazy("Visitors"), choices=VISITORS)
    stages = forms.MultipleChoiceField(required=False, label=gettext_lazy("Known people in stage"), choices=Stage.choices,
                                       widget=forms.CheckboxSelectMultiple)  # fmt: skip
    segments = forms.MultipleChoiceField(required=False, label=gettext_lazy("Known people in segment"),
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    seconds = forms.IntegerField(required=False, min_value=0, max_value=600, label=gettext_lazy("After seconds"))
    scroll = forms.IntegerField(
        required=False, min_value=0, max_value=100, label=gettext_lazy("After scrolling (percent)")
    )
    days = forms.IntegerField(required=False, min_value=0, max_value=365, label=gettext_lazy("Again after days"),
                              help_text=gettext_lazy("0: once a visit. Needs consent; without it, once a page."))  # fmt: skip

    class Meta:
        model = Call
        fields = (
            "name", "kind", "place", "title", "text", "button", "href", "form", "picture", "starts_at", "ends_at",
            "priority", "group", "weight",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Name"),
            "kind": gettext_lazy("Kind"),
            "place": gettext_lazy("Where it stands"),
            "title": gettext_lazy("Title"),
            "text": gettext_lazy("Text"),
            "button": gettext_lazy("Words on the button"),
            "href": gettext_lazy("Leads to"),
            "form": gettext_lazy("Form in it"),
            "picture": gettext_lazy("Picture"),
            "starts_at": gettext_lazy("From"),
            "ends_at": gettext_lazy("Until"),
            "priority": gettext_lazy("Priority"),
            "group": gettext_lazy("Competes as"),
            "weight": gettext_lazy("Weight"),
        }
        help_texts = {
            "place": gettext_lazy(
                "A bar stands at the top or the bottom, what slides in on the left or the right. "
                "In the text: before or after that of an article, or only at marks."
            ),
            "priority": gettext_lazy("The higher comes first; one thing stands over a page at a time."),
            "group": gettext_lazy("Calls with the same word compete: each visitor sees one, by weight."),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "ends_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "picture": forms.HiddenInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "de")[:2]
        known = [(one.slug, one.title.in_(language) or one.slug) for one in current("forms").forms]
        self.fields["form"] = forms.ChoiceField(
            required=False, label=_("Form in it"), choices=[("", _("none, a button")), *known]
        )
        self.fields["sources"].choices = list(Source.choices)  # type: ignore[attr-defined]
        segments = [
            (one.key, one.words.get(language) or one.key) for one in current("segments").segments if not one.archived
        ]
        self.fields["segments"].choices = segments  # type: ignore[attr-defined]
        for name in ("starts_at", "ends_at"):
            self.fields[name].input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]  # type: ignore[attr-defined]
        if self.instance.pk and not self.is_bound:
            self.initial.update(_initial(read(self.instance.rules)))

    def add_prefix(self, field_name: str) -> str:
        """An input called `form` would stand in the way of the form's own properties in a browser."""
        return "inside" if field_name == "form" else super().add_prefix(field_name)

    def clean_href(self) -> str:
        href = str(self.cleaned_data["href"]).strip()
        if (href and not href.startswith(("/", "https://", "http://", "mailto:", "tel:"))) or href.startswith("//"):
            raise forms.ValidationError(_("An address begins with / or https://."))
        return href

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("form") and not (told.get("button") and told.get("href")):
            self.add_error("button", _("Give the button words and an address, or choose a form."))
        if told.get("starts_at") and told.get("ends_at") and told["ends_at"] <= told["starts_at"]:
            self.add_error("ends_at", _("The end comes after the beginning."))
        return told

    def save(self, commit: bool = True) -> Call:
        call = super().save(commit=False)
        call.rules = msgspec.to_builtins(self.showing())
        call.created_at = call.created_at or now()
        call.slug = call.slug or _free(slugify(call.name)[:50] or "call")
        if commit:
            call.save()
            house.forget()
        return call

    def showing(self) -> Showing:
        """The rules as they are said in the form."""
        told = self.cleaned_data
        campaign = told.get("campaign", "").strip()
        return Showing(
            pages=_lines(told.get("pages", "")), not_pages=_lines(told.get("not_pages", "")),
            sources=tuple(told.get("sources", ())), utm={"utm_campaign": campaign} if campaign else {},
            languages=tuple(told.get("languages", ())), devices=tuple(told.get("devices", ())),
            visitors=told.get("visitors", ""), stages=tuple(told.get("stages", ())),
            segments=tuple(told.get("segments", ())), seconds=told.get("seconds") or 0, scroll=told.get("scroll") or 0,
            days=told.get("days") or 0,
        )  # fmt: skip


def _initial(rules: Showing) -> dict[str, Any]:
    found = msgspec.structs.asdict(rules)
    found |= {"pages": "\n".join(rules.pages), "not_pages": "\n".join(rules.not_pages)}
    return found | {"campaign": rules.utm.get("utm_campaign", "")}


def _lines(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(line if line.startswith(("/", "*")) else f"/{line}" for line in lines if line)[:50]


def _free(slug: str) -> str:
    taken = set(Call.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for n in range(len(taken) + 1) if (one := slug if n == 0 else f"{slug}-{n + 1}") not in taken)
