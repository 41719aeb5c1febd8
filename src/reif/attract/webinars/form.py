"""What the editor of a webinar takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.attract.content.markdown import anchor
from reif.attract.models import Webinar
from reif.attract.webinars.save import FIELDS

NEAR = ("Europe/Zurich", "Europe/Berlin", "Europe/Vienna", "Europe/London", "UTC")


def _zones() -> list[tuple[str, Any]]:
    others = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return [(zone, zone) for zone in dict.fromkeys([*NEAR, *others])]


def _line(label: Any, most: int, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required)


def _address(label: Any, help_text: Any) -> forms.URLField:
    widget = forms.URLInput(attrs={"placeholder": "https://"})
    return forms.URLField(
        label=label, required=False, max_length=500, assume_scheme="https", help_text=help_text, widget=widget
    )


class WebinarForm(forms.Form):
    """One webinar. The date is typed as the clock of its time zone shows it."""

    title = _line(gettext_lazy("Title"), 200, required=True)
    slug = _line(gettext_lazy("Address"), 120)
    summary = forms.CharField(
        label=gettext_lazy("Summary"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    timezone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=_zones)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=1440, initial=45)
    speaker = _line(gettext_lazy("Speaker"), 100, required=True)
    speaker_role = _line(gettext_lazy("Role of the speaker"), 150)
    join_url = _address(gettext_lazy("Link to take part"), gettext_lazy("Stands in the mails and the calendar entry."))
    recording_url = _address(gettext_lazy("Link to the recording"), gettext_lazy("For those who missed it."))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, webinar: Webinar) -> WebinarForm:
        local = webinar.starts_at.astimezone(ZoneInfo(webinar.timezone))
        known = {name: getattr(webinar, name) for name in (*FIELDS, "slug", "version") if name != "starts_at"}
        return cls(initial={**known, "day": local.date(), "hour": local.time()})

    def clean_slug(self) -> str:
        made = anchor(self.cleaned_data.get("slug") or self.cleaned_data.get("title") or "")[:120].strip("-")
        if not made:
            raise forms.ValidationError(_("Write an address of letters, digits and hyphens."))
        return made

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"day", "hour", "timezone"} <= set(given):
            zone = ZoneInfo(given["timezone"])
            moment = datetime.combine(given["day"], given["hour"], zone)
            if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).time() != given["hour"]:
                self.add_error("hour", _("This hour does not exist on that day: the clocks go forward."))
            given["starts_at"] = moment
        return given

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}
