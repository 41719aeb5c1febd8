"""What the editor of an article takes, and what it says about mistakes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.attract.content.markdown import anchor
from reif.attract.content.text import FIELDS, said
from reif.attract.models import Content, LandingPage
from reif.attract.pictures.address import is_key
from reif.kit.clock import now

BODY_MOST = 200_000
RELATED_MOST = 3
_WORD = re.compile(r"^[a-z0-9-]{1,60}$")


def _line(label: Any, most: int, required: bool = False, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput(attrs=attrs))


class ArticleForm(forms.Form):
    """One article. The title is all that a draft needs."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200,
        widget=forms.Textarea(attrs={"rows": 1, "data-line": "", "placeholder": gettext_lazy("Title of the article")}),
    )  # fmt: skip
    slug = _line(gettext_lazy("Address"), 120, spellcheck="false", autocapitalize="off")
    teaser = forms.CharField(
        label=gettext_lazy("Teaser"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=BODY_MOST, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "data-writer-text": "", "spellcheck": "true"}),
    )  # fmt: skip
    author = _line(gettext_lazy("Author"), 100, list="authors")
    author_role = _line(gettext_lazy("Role of the author"), 100)
    category = _line(gettext_lazy("Category"), 60, list="categories")
    cover = forms.CharField(max_length=60, required=False)
    description = forms.CharField(
        label=gettext_lazy("Description for search engines"), max_length=300, required=False,
        help_text=gettext_lazy("Without one, the teaser stands in the results."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    keyword = _line(gettext_lazy("Focus keyword"), 80)
    offer = forms.ChoiceField(label=gettext_lazy("Offer at the end"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=[("de", "Deutsch"), ("en", "English")])
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = LandingPage.objects.published().filter(hidden=False).order_by("title").values_list("slug", "title")
        field = self.fields["offer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None")), *offers[:200]]
        chosen = self.initial.get("offer") or self.data.get("offer")
        if chosen and chosen not in dict(offers[:200]) and LandingPage.objects.filter(slug=chosen).exists():
            field.choices += [(chosen, chosen)]
        self.fields["body"].error_messages["max_length"] = _(
            "The text has more than %(n)s letters. Make two articles of it."
        ) % {"n": f"{BODY_MOST:_}".replace("_", "’")}

    @classmethod
    def of(cls, content: Content) -> ArticleForm:
        return cls(initial={**said(content), "version": content.version, "related": related_slugs(content.related)})

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_slug(self) -> str:
        wanted = self.cleaned_data.get("slug") or self.cleaned_data.get("title") or ""
        made = anchor(wanted)[:120].strip("-")
        if not made:
            raise forms.ValidationError(_("Write an address of letters, digits and hyphens."))
        return made

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip() + "\n"

    def clean_cover(self) -> str:
        word = str(self.cleaned_data["cover"])
        if word and not is_key(word) and not _WORD.match(word):
            raise forms.ValidationError(_("Choose a picture of the library."))
        return word

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        slugs = [s for s in dict.fromkeys(self._related()) if s]
        known = dict(Content.objects.filter(slug__in=slugs, kind=Content.Kind.ARTICLE).values_list("slug", "id"))
        if missing := [s for s in slugs if s not in known]:
            self.add_error(None, _("There is no article “%(slug)s” to read on.") % {"slug": missing[0]})
        given["related"] = [known[s] for s in slugs if s in known][:RELATED_MOST]
        return given

    def _related(self) -> list[str]:
        found = self.data.getlist("related") if hasattr(self.data, "getlist") else []
        return [str(word).strip().rsplit("/", 1)[-1] for word in found]

    @property
    def related_given(self) -> list[str]:
        """The slugs in the three fields, as typed or as stored."""
        found = self._related() if self.is_bound else list(self.initial.get("related", []))
        return [*found, "", "", ""][:RELATED_MOST]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class ReleaseForm(forms.Form):
    """When: now, or on a day at a time, in the time zone of whoever asks."""

    day = forms.DateField(required=False)
    hour = forms.TimeField(required=False)

    def moment(self) -> datetime | None:
        """None for now. Raises forms.ValidationError with a sentence."""
        if not self.is_valid():
            raise forms.ValidationError(_("The date or the time cannot be read. Choose both from the calendar."))
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if day is None:
            raise forms.ValidationError(_("Choose the day on which it becomes public."))
        local = datetime.combine(day, hour or datetime.min.time().replace(hour=8))
        moment = timezone.make_aware(local)
        if moment <= now():
            raise forms.ValidationError(_("This moment has passed. Choose one ahead, or publish at once."))
        return moment


def related_slugs(ids: list[int]) -> list[str]:
    """In the order in which they were chosen."""
    found = dict(Content.objects.filter(pk__in=ids).values_list("pk", "slug")) if ids else {}
    return [found[i] for i in ids if i in found]
