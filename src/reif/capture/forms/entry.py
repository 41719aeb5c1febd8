"""Check what somebody entered into a form: every field, with a sentence for what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from reif.capture.forms.conditions import Raw, asked
from reif.capture.forms.form_file import Field, Form, Permission
from reif.capture.forms.kinds import Value, checked, longest
from reif.capture.forms.wrong import Wrong

Posted = Mapping[str, Any]


@dataclass
class Entry:
    """values: checked, by field. shown: what to put back into the fields. errors: a sentence by field."""

    values: dict[str, Value] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    ticked: list[Permission] = field(default_factory=list)
    uploads: dict[str, list[int]] = field(default_factory=dict)


def read(form: Form, posted: Posted, fields: Sequence[Field] | None = None, *,
         among: Sequence[Field] = (), boxes: bool = True,
         lenient: bool = False) -> Entry:  # fmt: skip
    """The entry of a form; `errors` is empty when all is well. The address is in `values` under its field, normalised.

    fields: those that were shown, when not all were; among: those that their conditions may look at. boxes: the
    consents, too. lenient: an empty answer is fine, and so is one that does not fit: it is left out. What is not asked
    because of another answer is neither required nor kept.
    """
    entry, raw = Entry(), plain(posted)
    shown = form.fields if fields is None else fields
    for one in asked_of(shown, among or shown, raw):
        told = raw.get(one.name) or ([one.value] if one.type == "hidden" and one.value else [])
        entry.shown[one.name] = [value[: longest(one)] for value in told]
        if one.type != "file":
            _take(entry, one, told, lenient)
    if boxes:
        _consents(form, raw, entry, lenient)
    return entry


def asked_of(fields: Sequence[Field], among: Sequence[Field], raw: Raw) -> list[Field]:
    """Those of the fields that are asked, by the answers to all."""
    wanted = {f.name for f in fields}
    return [f for f in asked([f for f in among if f.asks], raw) if f.name in wanted]


def plain(posted: Posted) -> dict[str, list[str]]:
    """What was posted as lists of text."""
    if isinstance(posted, QueryDict):
        return {name: [str(v) for v in values] for name, values in posted.lists()}
    return {name: [str(v) for v in told] if isinstance(told, list) else [str(told)] for name, told in posted.items()}


def address(form: Form, entry: Entry) -> str:
    """The mail address of an entry without errors."""
    return str(entry.values[address_field(form).name])


def address_field(form: Form) -> Field:
    """The one field that asks for the mail address."""
    return next(f for f in form.fields if f.type == "email")


def _take(entry: Entry, one: Field, told: Sequence[str], lenient: bool) -> None:
    try:
        value = checked(one, told)
        if value in ("", []) and one.required and not lenient:
            raise Wrong(_must(one))
        entry.values[one.name] = value
    except Wrong as wrong:
        if not lenient or one.type == "email":
            entry.errors[one.name] = str(wrong)


def _must(one: Field) -> str:
    if one.type == "checkbox":
        return _("Please tick this box.")
    if one.type in ("select", "multiselect", "radio", "checkboxes", "yesno", "rating", "scale", "country"):
        return _("Please choose an entry.")
    return _("Please fill in this field.")


def _consents(form: Form, raw: Raw, entry: Entry, lenient: bool) -> None:
    for number, consent in enumerate(form.consents):
        name = f"consent_{number}"
        if any(raw.get(name, ())):
            entry.ticked.append(consent)
            entry.shown[name] = ["on"]
        elif consent.required and not lenient:
            entry.errors[name] = _("Please tick this box so that we may send you what you asked for.")
