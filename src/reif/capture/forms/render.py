"""A form of the playbook as a template shows it: in one language, with what was entered and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from reif.capture.forms.entry import Entry
from reif.capture.forms.form_file import Field, Form
from reif.capture.forms.over import over
from reif.capture.forms.ticket import issue

COMPLETE = {
    "person.first_name": "given-name", "person.last_name": "family-name", "person.name": "name",
    "person.job_title": "organization-title", "company.name": "organization", "person.country": "country",
    "person.city": "address-level2", "person.postal_code": "postal-code", "person.region": "address-level1",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One field on the page."""

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
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Shown:
    """A whole form on the page."""

    slug: str
    language: str
    ticket: str
    title: str
    text: str
    button: str
    small: str
    lines: list[Line]
    consents: list[Line]
    notice: str
    over: str

    @property
    def failed(self) -> bool:
        return bool(self.notice) or any(line.error for line in (*self.lines, *self.consents))


def show(form: Form, request: HttpRequest, entry: Entry | None = None, *, ticket: str = "", notice: str = "") -> Shown:
    """A fresh form, or one with an entry to mend; a given ticket is kept so that it stays one submission."""
    language = (get_language() or "de")[:2]
    entry = entry or Entry()
    ticket = ticket or issue(
        form.slug, language, request.build_absolute_uri(), request.headers.get("referer", ""),
        variant=getattr(request, "variant", ""),
    )  # fmt: skip
    return Shown(
        slug=form.slug, language=language, ticket=ticket, title=form.title.in_(language), text=form.text.in_(language),
        button=form.button.in_(language), small=form.small.in_(language), notice=notice,
        over=over(form),
        lines=[_line(form, field, entry, language) for field in form.fields],
        consents=_consents(form, entry, language),
    )  # fmt: skip


def _line(form: Form, field: Field, entry: Entry, language: str) -> Line:
    value = entry.shown.get(field.name, field.value)
    complete = {"email": "email", "tel": "tel"}.get(field.type) or COMPLETE.get(field.to, "")
    return Line(
        id=f"{form.slug}-{field.name}", name=field.name, type=field.type, label=field.label.in_(language),
        help=field.help.in_(language), value=value, error=entry.errors.get(field.name, ""), required=field.required,
        max=254 if field.type == "email" else field.max, autocomplete=complete,
        options=[(o.value, o.label.in_(language) or o.value, o.value == value) for o in field.options],
    )  # fmt: skip


def _consents(form: Form, entry: Entry, language: str) -> list[Line]:
    return [
        Line(
            id=f"{form.slug}-consent-{n}", name=f"consent_{n}", type="checkbox", label=consent.text.in_(language), help="",
            value=entry.shown.get(f"consent_{n}", ""), error=entry.errors.get(f"consent_{n}", ""),
            required=consent.required, max=8, autocomplete="", options=[],
        )
        for n, consent in enumerate(form.consents)
    ]  # fmt: skip
