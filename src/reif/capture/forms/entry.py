"""Check what somebody entered into a form: every field, with a sentence for what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reif.capture.forms.form_file import Field, Form, Permission
from reif.kit.address import BadAddress, domain_of, is_free_mail, normalise

LONGEST = {"email": 254, "tel": 40, "select": 200, "checkbox": 8, "hidden": 500}
TAG = re.compile(r"<\s*[a-zA-Z/!?]|javascript:", re.I)
PHONE = re.compile(r"^\+?[0-9][0-9 ()/.\-]{4,38}$")


@dataclass
class Entry:
    """values: checked, by field. shown: what to put back into the fields. errors: a sentence by field."""

    values: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    ticked: list[Permission] = field(default_factory=list)

    @property
    def email(self) -> str:
        return self.values.get("", "")


class Wrong(ValueError):
    """A value that cannot stay; the text is the sentence to show."""


def read(form: Form, posted: Mapping[str, str]) -> Entry:
    """The entry of a form; `errors` is empty when all is well. The address is in `values` under its field, normalised."""
    entry = Entry()
    for one in form.fields:
        raw = posted.get(one.name, one.value if one.type == "hidden" else "")
        entry.shown[one.name] = raw[: _longest(one)]
        try:
            entry.values[one.name] = _checked(one, raw)
        except Wrong as wrong:
            entry.errors[one.name] = str(wrong)
    for number, consent in enumerate(form.consents):
        name = f"consent_{number}"
        if posted.get(name):
            entry.ticked.append(consent)
            entry.shown[name] = "on"
        elif consent.required:
            entry.errors[name] = _("Please tick this box so that we may send you what you asked for.")
    return entry


def address(form: Form, entry: Entry) -> str:
    """The mail address of an entry without errors."""
    return entry.values[next(f.name for f in form.fields if f.type == "email")]


def _checked(one: Field, raw: str) -> str:
    value = unicodedata.normalize("NFC", raw).strip()
    if not value:
        if one.required:
            raise Wrong(_("Please fill in this field."))
        return ""
    _plain(one, value)
    match one.type:
        case "email":
            return _email(one, value)
        case "tel" if not PHONE.match(value):
            raise Wrong(_("Please enter a telephone number, for example +41 44 123 45 67."))
        case "select" if value not in {o.value for o in one.options}:
            raise Wrong(_("Please choose one of the entries."))
        case "checkbox":
            return "yes"
    return value


def _plain(one: Field, value: str) -> None:
    """What no field may contain, whatever it is for."""
    if len(value) > _longest(one):
        raise Wrong(_("Please use at most %(number)s characters.") % {"number": _longest(one)})
    if "\n" in value or "\r" in value:
        raise Wrong(_("Line breaks are not possible here."))
    if "\ufffd" in value or any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
        raise Wrong(_("The text has characters that cannot be read. Please type it again."))
    if TAG.search(value):
        raise Wrong(_("Please write without HTML or scripts."))


def _email(one: Field, value: str) -> str:
    try:
        found = normalise(value)
    except BadAddress as bad:
        raise Wrong(_address_sentence(bad.key)) from bad
    if one.business and is_free_mail(domain_of(found)):
        raise Wrong(_("Please use your business address."))
    return found


def _address_sentence(key: str) -> str:
    sentences = {
        "no_at": _("The address needs an @, for example name@company.com."),
        "many_ats": _("The address has more than one @."),
        "too_long": _("The address is too long."),
        "domain": _("The part after the @ cannot be right. Please check it."),
    }
    return sentences.get(key, _("The part before the @ cannot be right. Please check it."))


def _longest(one: Field) -> int:
    return LONGEST.get(one.type, min(one.max, 2000))
