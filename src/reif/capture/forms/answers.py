"""What somebody entered, in the words of the form."""

from __future__ import annotations

from reif.capture.forms.countries import countries
from reif.capture.forms.form_file import Field, Form
from reif.capture.models import Submission


def answers_of(row: Submission, form: Form | None, language: str) -> list[tuple[str, str]]:
    """(question, answer) in the order of the form; what it does not ask any more comes last, under its name."""
    fields = {f.name: f for f in form.questions} if form else {}
    order = [*(n for n in fields if n in row.data), *(n for n in row.data if n not in fields)]
    told = [
        (_label(fields.get(name), name, language), said(row.data[name], fields.get(name), language)) for name in order
    ]
    return [(label, text) for label, text in told if text]


def said(value: object, field: Field | None, language: str) -> str:
    """One answer: the words of a choice, the name of a country."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(_one(str(v), field, language) for v in values if v not in ("", None))


def _label(field: Field | None, name: str, language: str) -> str:
    return (field.label.in_(language) if field else "") or name


def _one(value: str, field: Field | None, language: str) -> str:
    if field is None:
        return value
    if field.type == "country":
        return dict(countries(language)).get(value, value)
    return next((o.label.in_(language) or value for o in field.options if o.value == value), value)
