"""One field of a form as the page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reif.capture.forms.countries import countries
from reif.capture.forms.days import day
from reif.capture.forms.entry import Entry
from reif.capture.forms.form_file import Field, Form, Permission
from reif.capture.forms.kinds import ends, limit, longest
from reif.capture.forms.prose import prose
from reif.capture.forms.uploads import endings, name_in

COMPLETE = {
    "person.first_name": "given-name", "person.last_name": "family-name", "person.name": "name",
    "person.job_title": "organization-title", "company.name": "organization", "person.country": "country",
    "person.city": "address-level2", "person.postal_code": "postal-code", "person.region": "address-level1",
}  # fmt: skip
INPUTS = {"datetime": "datetime-local", "company": "text", "number": "text"}
"""Numbers are text with a keyboard of digits: a browser's number field loses what it does not understand."""
GROUPS = frozenset({"radio", "checkboxes", "yesno", "rating", "scale"})


@dataclass(frozen=True)
class Choice:
    """One entry of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One field on the page. shape: which piece of the template draws it."""

    id: str
    name: str
    type: str
    label: str
    help: str
    value: str
    error: str
    required: bool
    max: int
    autocomplete: str
    options: list[Choice]
    shape: str = "input"
    input: str = "text"
    placeholder: str = ""
    least: str = ""
    most: str = ""
    step: str = ""
    pattern: str = ""
    half: bool = False
    show: str = ""
    text: str = ""
    low: str = ""
    high: str = ""
    accept: str = ""
    many: bool = False
    kept: list[tuple[str, str]] = field(default_factory=list)
    hint: str = ""

    @property
    def described(self) -> str:
        """The ids of what explains it, for aria-describedby."""
        parts = [f"{self.id}-error"] if self.error else []
        return " ".join([*parts, *([f"{self.id}-help"] if self.help or self.hint else [])])


@dataclass(frozen=True)
class Around:
    """What a field stands among. here: the names on this step."""

    form: Form
    language: str
    here: frozenset[str]


def line(one: Field, entry: Entry, around: Around) -> Line:
    """With what was entered, else with what stands there at first."""
    form, language = around.form, around.language
    told = entry.shown.get(one.name)
    values = told if told is not None else [one.value] if one.value else []
    file = one.type == "file"
    return Line(
        id=f"{form.slug}-{one.name}", name=one.name, type=one.type, label=one.label.in_(language),
        help=one.help.in_(language), value="" if file else (values[0] if values else ""),
        error=entry.errors.get(one.name, ""), required=one.required, max=longest(one),
        autocomplete="off" if form.kiosk else _complete(one), options=_options(one, set(values), language),
        shape=_shape(one), input=INPUTS.get(one.type, one.type), placeholder=one.placeholder.in_(language),
        least=_limit(one.least), most=_limit(one.most), step=f"{one.step:g}" if one.step else "",
        pattern=one.pattern, half=one.width == "half", show=_condition(one, around), text=prose(one.text.in_(language)),
        low=one.low.in_(language), high=one.high.in_(language),
        accept=",".join(f".{ending}" for ending in endings(one)) if file else "",
        many=file and one.files.count > 1, kept=[(v, name_in(v)) for v in values if name_in(v)] if file else [],
        hint=_hint(one) if file else "",
    )  # fmt: skip


def consent_line(form: Form, number: int, consent: Permission, entry: Entry, language: str) -> Line:
    """The box of a consent."""
    name = f"consent_{number}"
    return Line(
        id=f"{form.slug}-consent-{number}", name=name, type="checkbox", label=consent.text.in_(language), help="",
        value="on" if entry.shown.get(name) else "", error=entry.errors.get(name, ""), required=consent.required,
        max=8, autocomplete="", options=[], shape="tick",
    )  # fmt: skip


def _shape(one: Field) -> str:
    if one.type in GROUPS:
        return "group"
    shapes = {"checkbox": "tick", "country": "select", "multiselect": "select"}
    own = ("select", "textarea", "hidden", "file", "prose")
    return shapes.get(one.type, one.type if one.type in own else "input")


def _options(one: Field, chosen: set[str], language: str) -> list[Choice]:
    match one.type:
        case "country":
            return [Choice(code, name, code in chosen) for code, name in countries(language)]
        case "yesno":
            return [Choice("yes", _("Yes"), "yes" in chosen), Choice("no", _("No"), "no" in chosen)]
        case "rating" | "scale":
            low, high = ends(one)
            return [Choice(str(n), str(n), str(n) in chosen) for n in range(low, high + 1)]
    return [Choice(o.value, o.label.in_(language) or o.value, o.value in chosen) for o in one.options]


def _complete(one: Field) -> str:
    own = {"email": "email", "tel": "tel", "url": "url", "company": "organization", "country": "country"}
    return own.get(one.type) or COMPLETE.get(one.to, "")


def _limit(value: float | str | None) -> str:
    if (found := day(value)) is not None:
        return found.isoformat()
    number = limit(value)
    return "" if number is None else f"{number:g}"


def _condition(one: Field, around: Around) -> str:
    """For the script: which field of this step, which values. Those of earlier steps the server has looked at."""
    if one.show is None or one.show.field not in around.here:
        return ""
    return json.dumps([one.show.field, one.show.values, one.show.unless], ensure_ascii=False)


def _hint(one: Field) -> str:
    told = {"endings": ", ".join(endings(one)).upper(), "size": one.files.megabytes, "count": one.files.count}
    if one.files.count > 1:
        return _("Up to %(count)s files (%(endings)s), each at most %(size)s MB.") % told
    return _("%(endings)s, at most %(size)s MB.") % told
