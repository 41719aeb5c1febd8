"""What each kind of field takes, as the value that is kept: text, number, list of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import phonenumbers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.capture.forms.addresses import mail_address
from reif.capture.forms.countries import is_country
from reif.capture.forms.days import a_date, a_datetime, a_time
from reif.capture.forms.field_file import MANY, Field
from reif.capture.forms.wrong import Wrong, clean, refuse

Value = str | float | list[str]
LONGEST = {"email": 254, "tel": 40, "url": 500, "hidden": 500, "textarea": 10_000}
SHORT = 2000


def checked(field: Field, raw: Sequence[str]) -> Value:
    """The value of a field; an empty text when nothing was entered. Raises Wrong."""
    values = [clean(one) for one in raw if clean(one)]
    for one in values:
        refuse(one, longest(field), lines=field.type == "textarea")
    if field.type in MANY:
        return _several(field, values)
    value = values[0] if values else ""
    check = CHECKS.get(field.type)
    if value and field.pattern and not _fits(field.pattern, value):
        raise Wrong(_own_message(field) or _("This does not have the form that is expected here."))
    return check(field, value) if value and check else value


def longest(field: Field) -> int:
    """In characters."""
    return LONGEST.get(field.type, min(field.max, SHORT)) if field.type != "textarea" else max(field.max, SHORT)


def _several(field: Field, values: list[str]) -> list[str] | str:
    for one in values:
        _choice(field, one)
    return list(dict.fromkeys(values)) or ""


def _choice(field: Field, value: str) -> str:
    if value not in {o.value for o in field.options}:
        raise Wrong(_("Please choose one of the entries."))
    return value


def _phone(field: Field, value: str) -> str:
    """E.164, as all the world can dial it."""
    try:
        number = phonenumbers.parse(value, field.country.upper() or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Wrong(_("Please enter a telephone number, for example +41 44 123 45 67."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _url(field: Field, value: str) -> str:
    told = value if "://" in value else f"https://{value}"
    try:
        parts = urlsplit(told)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if "." not in host or " " in told or parts.scheme not in ("http", "https") or parts.username:
        raise Wrong(_("Please enter a web address, for example www.company.com."))
    return told


def _number(field: Field, value: str) -> float:
    """As people write it: 1'234.5, 1 234,5 and 1234.5; what both could mean is read in the German way only with a comma."""
    plain = re.sub(r"[\s'’_]", "", value)
    if "," in plain:
        plain = (
            plain.replace(".", "").replace(",", ".") if plain.rfind(",") > plain.rfind(".") else plain.replace(",", "")
        )
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", plain):
        raise Wrong(_("Please enter a number."))
    return _within(field, float(plain))


def _within(field: Field, number: float) -> float:
    least, most = limit(field.least), limit(field.most)
    if least is not None and number < least:
        raise Wrong(_("Please enter at least %(number)s.") % {"number": f"{least:g}"})
    if most is not None and number > most:
        raise Wrong(_("Please enter at most %(number)s.") % {"number": f"{most:g}"})
    steps = (number - (least or 0)) / field.step if field.step else 0
    if abs(steps - round(steps)) > 1e-6:
        raise Wrong(_("Please enter a number in steps of %(step)s.") % {"step": f"{field.step:g}"})
    return int(number) if number.is_integer() else number


def limit(value: float | str | None) -> float | None:
    """A limit that is a number."""
    return float(value) if isinstance(value, int | float) else None


def _level(field: Field, value: str) -> float:
    """A step of a rating or a scale."""
    low, high = ends(field)
    if not value.isascii() or not value.isdecimal() or not low <= int(value) <= high:
        raise Wrong(_("Please choose one of the entries."))
    return int(value)


def ends(field: Field) -> tuple[int, int]:
    """The lowest and the highest step of a rating (1 to 5) or a scale (0 to 10)."""
    usual = (1, 5) if field.type == "rating" else (0, 10)
    told = (limit(field.least), limit(field.most))
    return int(usual[0] if told[0] is None else told[0]), int(usual[1] if told[1] is None else told[1])


def _country(field: Field, value: str) -> str:
    if not is_country(value.upper()):
        raise Wrong(_("Please choose one of the entries."))
    return value.upper()


def _yesno(field: Field, value: str) -> str:
    if value not in ("yes", "no"):
        raise Wrong(_("Please choose one of the entries."))
    return value


def _fits(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value[:SHORT]) is not None


def _own_message(field: Field) -> str:
    return field.message.in_((get_language() or "de")[:2])


CHECKS: dict[str, Callable[[Field, str], Value]] = {
    "email": mail_address, "tel": _phone, "url": _url, "number": _number, "rating": _level, "scale": _level,
    "date": a_date, "time": a_time, "datetime": a_datetime, "select": _choice, "radio": _choice, "country": _country,
    "yesno": _yesno, "checkbox": lambda field, value: "yes",
}  # fmt: skip
