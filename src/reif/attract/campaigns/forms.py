"""What people enter about campaigns, links and rates, with sentences for what cannot be."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reif.attract.campaigns.short import CODE
from reif.attract.campaigns.tagging import consistent
from reif.attract.models import Campaign, CampaignName, ExchangeRate, Link
from reif.staff.models import Role, User

RESERVED = frozenset({"new", "rates", "costs", "export"})
HUES = (350, 20, 55, 90, 145, 185, 230, 265, 300)


def _day(label: Any, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CampaignForm(forms.ModelForm[Campaign]):
    """aliases: further spellings of utm_campaign, one a line. parts: paths of articles and pages, one a line."""

    starts_on = _day(gettext_lazy("Begins"), required=True)
    ends_on = _day(gettext_lazy("Ends"))
    aliases = forms.CharField(
        label=gettext_lazy("Further names"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Other spellings of utm_campaign, and what ad platforms call it. One a line."),
    )  # fmt: skip
    parts = forms.CharField(
        label=gettext_lazy("Articles and pages"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Their paths, such as /p/demo. One a line."),
    )  # fmt: skip
    colour = forms.TypedChoiceField(label=gettext_lazy("Colour"), coerce=int, choices=[(h, str(h)) for h in HUES])

    class Meta:
        model = Campaign
        fields = ("name", "slug", "goal", "state", "owner", "colour", "starts_on", "ends_on")
        labels = {
            "name": gettext_lazy("Name"), "slug": gettext_lazy("Name in links (utm_campaign)"), "goal": gettext_lazy("Goal"),
            "state": gettext_lazy("State"), "owner": gettext_lazy("Owner"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, role__in=(Role.ADMIN, Role.MARKETING)).order_by(
            "first_name", "last_name"
        )
        self.fields["owner"] = forms.ModelChoiceField(staff, label=gettext_lazy("Owner"), required=False)
        self.fields["slug"].help_text = gettext_lazy("Small letters, digits and hyphens.")
        if self.instance.pk:
            names = self.instance.names.exclude(name=self.instance.slug).order_by("name")
            self.initial["aliases"] = "\n".join(names.values_list("name", flat=True))
            self.initial["parts"] = "\n".join(self.instance.parts.order_by("path").values_list("path", flat=True))

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED:
            raise ValidationError(_("This name is an address of ours. Choose another one."))
        self._free([slug])
        return slug

    def clean_aliases(self) -> list[str]:
        names = list(dict.fromkeys(line.strip().lower()[:200] for line in self.cleaned_data["aliases"].splitlines()))
        names = [name for name in names if name]
        self._free(names)
        return names

    def clean_parts(self) -> list[str]:
        paths = [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        wrong = [path for path in paths if not path.startswith("/") or len(path) > 255]
        if wrong:
            raise ValidationError(_("A path begins with a slash: %(path)s") % {"path": wrong[0][:80]})
        return list(dict.fromkeys(path.partition("?")[0].rstrip("/") or "/" for path in paths))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins."))
        return told

    def _free(self, names: list[str]) -> None:
        taken = CampaignName.objects.filter(name__in=names).exclude(campaign=self.instance.pk or 0)
        if found := taken.select_related("campaign").first():
            words = {"name": found.name, "campaign": found.campaign.name}
            raise ValidationError(_("“%(name)s” belongs to the campaign “%(campaign)s” already.") % words)


class LinkForm(forms.ModelForm[Link]):
    """A tagged link. Its names are written one way, whatever is typed."""

    expires_on = _day(gettext_lazy("Works until"))

    class Meta:
        model = Link
        fields = ("target", "source", "medium", "campaign_name", "term", "content", "title", "code", "expires_on")
        labels = {
            "target": gettext_lazy("Leads to"), "source": gettext_lazy("Source"), "medium": pgettext_lazy("utm", "Medium"),
            "campaign_name": gettext_lazy("Campaign"), "term": gettext_lazy("Keyword"), "content": gettext_lazy("Variant"),
            "title": gettext_lazy("Title"), "code": gettext_lazy("Short name"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {
            "target": gettext_lazy("A path of ours such as /p/demo, or a whole address."),
            "source": gettext_lazy("Who sends the visitors: linkedin, newsletter, nzz."),
            "medium": gettext_lazy("How: email, social, cpc, paid-social, qr, print."),
            "content": gettext_lazy("Which picture, which button, which mail."),
            "title": gettext_lazy("For your list; nobody else sees it."),
            "code": gettext_lazy("After /s/. Empty makes one that cannot be guessed."),
        }  # fmt: skip
        for name, words in helps.items():
            self.fields[name].help_text = words
        self.fields["code"].required = False
        for name in ("source", "medium", "campaign_name"):
            self.fields[name].widget.attrs |= {"list": f"used-{name}", "autocomplete": "off"}

    def clean_target(self) -> str:
        text = str(self.cleaned_data["target"]).strip()
        if text.startswith("/") and not text.startswith("//"):
            text = f"{settings.BASE_URL}{text}"
        try:
            parts = urlsplit(text)
            sound = parts.scheme in ("http", "https") and parts.hostname and parts.port is not False
        except ValueError:
            sound = False
        if not sound or any(c.isspace() or not c.isprintable() for c in text) or "@" in parts.netloc or "\\" in text:
            raise ValidationError(_("Write a path such as /p/demo, or an address that begins with https://."))
        return text

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"] or "").strip().lower()
        if not code:
            return self.instance.code
        if not CODE.match(code) or len(code) < 3:
            raise ValidationError(_("Three to forty small letters, digits and hyphens."))
        if Link.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("/s/%(code)s exists already.") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name in ("source", "medium", "campaign_name", "term", "content"):
            told[name] = consistent(told.get(name) or "")
        return told


class RateForm(forms.ModelForm[ExchangeRate]):
    since = _day(gettext_lazy("From"), required=True)

    class Meta:
        model = ExchangeRate
        fields = ("currency", "since", "rate")
        labels = {"currency": gettext_lazy("Currency"), "rate": gettext_lazy("Worth")}

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if len(code) != 3 or not code.isalpha() or not code.isascii():
            raise ValidationError(_("“%(text)s” is no currency code. Write CHF or EUR.") % {"text": code})
        if code == settings.CURRENCY:
            raise ValidationError(_("This is the home currency; it is always worth one."))
        return code

    def clean_rate(self) -> Any:
        rate = self.cleaned_data["rate"]
        if rate <= 0:
            raise ValidationError(_("A rate is more than nothing."))
        return rate
