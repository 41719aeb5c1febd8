"""What the editor offers to choose from, in words."""

from __future__ import annotations

from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.capture.forms.field_file import TARGETS, FieldType
from reif.playbook.current import current
from reif.staff.models import Team, User

TYPES: dict[str, Any] = {
    "email": gettext_lazy("E-mail"), "text": gettext_lazy("Line of text"), "textarea": gettext_lazy("Several lines"),
    "tel": gettext_lazy("Telephone"), "url": gettext_lazy("Web address"), "number": gettext_lazy("Number"),
    "date": gettext_lazy("Date"), "time": gettext_lazy("Time of day"), "datetime": gettext_lazy("Date and time"),
    "select": gettext_lazy("List, one of"), "multiselect": gettext_lazy("List, several of"),
    "radio": gettext_lazy("Buttons, one of"), "checkboxes": gettext_lazy("Boxes, several of"),
    "checkbox": gettext_lazy("One box"), "yesno": gettext_lazy("Yes or no"), "rating": gettext_lazy("Rating"),
    "scale": gettext_lazy("Scale"), "country": gettext_lazy("Country"), "company": gettext_lazy("Company"),
    "hidden": gettext_lazy("Hidden"), "file": gettext_lazy("File"), "prose": gettext_lazy("Text between"),
    "break": gettext_lazy("Page break"),
}  # fmt: skip
COLUMNS: dict[str, Any] = {
    "person.first_name": gettext_lazy("First name"), "person.last_name": gettext_lazy("Last name"),
    "person.name": gettext_lazy("First and last name"), "person.phone": gettext_lazy("Telephone"),
    "person.job_title": gettext_lazy("Job title"), "person.country": gettext_lazy("Country"),
    "person.region": gettext_lazy("Region"), "person.city": gettext_lazy("Town"),
    "person.postal_code": gettext_lazy("Postcode"), "company.name": gettext_lazy("Company"),
    "company.size": gettext_lazy("Employees"), "company.industry": gettext_lazy("Industry"),
}  # fmt: skip
ICONS = {
    "email": "at-sign", "text": "type", "textarea": "align-left", "tel": "phone", "url": "link", "number": "hash",
    "date": "calendar", "time": "clock", "datetime": "calendar-clock", "select": "list", "multiselect": "list-checks",
    "radio": "circle-dot", "checkboxes": "square-check", "checkbox": "square-check", "yesno": "toggle-left",
    "rating": "star", "scale": "sliders-horizontal", "country": "globe", "company": "building-2", "hidden": "eye-off",
    "file": "paperclip", "prose": "text", "break": "separator-horizontal",
}  # fmt: skip


def choices(language: str) -> dict[str, Any]:
    """For the selects of the editor."""
    return {
        "types": [(kind, TYPES[kind], ICONS[kind]) for kind in get_args(FieldType)],
        "icons": ICONS,
        "columns": [(name, COLUMNS[name]) for name in TARGETS],
        "segments": [(s.key, s.words.get(language) or s.key) for s in current("segments").segments if s.when is None and not s.archived],
        "journeys": [(j.key, j.title(language)) for j in current("journeys").journey],
        "stages": [("", _("Lead, as usual")), ("subscriber", _("Subscriber")), ("mql", "MQL")],
        "proofs": [("busy", _("When many forms come in")), ("always", _("Always")), ("never", _("Never"))],
        "staff": [*User.objects.filter(is_active=True).values_list("email", flat=True), "owner",
                  *(f"team:{key}" for key in Team.objects.values_list("key", flat=True))],
    }  # fmt: skip
