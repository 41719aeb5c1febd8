"""Forms that were made for HubSpot, unchanged: POST /submissions/v3/integration/submit/<portal>/<form>.

The form is the one whose `guid` (or slug) is in the address; the portal is not looked at. Answers and errors have the
shape that such forms read. Source: HubSpot's documentation of "Submit data to a form", version 3.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reif.capture.forms.form_file import Field, Form


class Told(msgspec.Struct, frozen=True):
    """One answer."""

    name: str = ""
    value: Any = ""


class Context(msgspec.Struct, frozen=True, rename="camel"):
    """Where the visitor was."""

    hutk: str = ""
    page_uri: str = ""
    page_name: str = ""
    ip_address: str = ""


class Body(msgspec.Struct, frozen=True, rename="camel"):
    """The whole post."""

    fields: list[Told] = []
    context: Context = Context()
    submitted_at: str | int | None = None
    legal_consent_options: dict[str, Any] = {}
    skip_validation: bool = False


MOST_FIELDS = 1000
NAMES = {
    "firstname": "person.first_name", "lastname": "person.last_name", "phone": "person.phone",
    "mobilephone": "person.phone", "jobtitle": "person.job_title", "company": "company.name", "country": "person.country",
    "state": "person.region", "city": "person.city", "zip": "person.postal_code", "industry": "company.industry",
    "numberofemployees": "company.size",
}  # fmt: skip
"""What HubSpot calls the columns."""
ERRORS = {
    "email": "INVALID_EMAIL", "number": "INVALID_NUMBER", "select": "VALUE_NOT_IN_FIELD_DEFINITION",
    "radio": "VALUE_NOT_IN_FIELD_DEFINITION", "checkboxes": "VALUE_NOT_IN_FIELD_DEFINITION",
    "multiselect": "VALUE_NOT_IN_FIELD_DEFINITION",
}  # fmt: skip


def posted(form: Form, body: Body) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    """The answers by the names of our fields, and what is wrong with names that no field has."""
    found: dict[str, list[str]] = {}
    wrong = []
    for told in body.fields:
        field = field_of(form, told.name)
        if field is None:
            wrong.append(
                error(f"Error in 'fields.{told.name}'. The form has no such field", "FIELD_NOT_IN_FORM_DEFINITION")
            )
        else:
            found.setdefault(field.name, []).extend(_values(field, told.value))
    return found, wrong


def field_of(form: Form, name: str) -> Field | None:
    """By its own name, else by the column that HubSpot's name means; the address is found under any name."""
    short = name.rpartition("/")[2].rpartition(".")[2].lower()
    own = next((f for f in form.questions if f.name in (name, short)), None)
    if own is not None:
        return own
    if short == "email":
        return next((f for f in form.fields if f.type == "email"), None)
    wanted = NAMES.get(short, f"person.traits.{short}")
    found = next((f for f in form.questions if f.to == wanted), None)
    if found is None and short in ("firstname", "lastname"):
        return next((f for f in form.questions if f.to == "person.name"), None)
    return found


def errors(form: Form, said: dict[str, str]) -> list[dict[str, str]]:
    """Our sentences in HubSpot's shape."""
    fields = {f.name: f for f in form.questions}
    return [error(f"Error in 'fields.{name}'. {sentence}", _kind(fields.get(name))) for name, sentence in said.items()]


def error(message: str, kind: str) -> dict[str, str]:
    return {"message": message, "errorType": kind}


def _kind(field: Field | None) -> str:
    return ERRORS.get(field.type, "REQUIRED_FIELD") if field else "REQUIRED_FIELD"


def _values(field: Field, value: Any) -> list[str]:
    """Several choices come as one text with semicolons; truth as `true`."""
    told = (
        [str(v) for v in value] if isinstance(value, list) else str(value).split(";") if field.options else [str(value)]
    )
    if field.type in ("checkbox", "yesno"):
        yes = told[0].lower() in ("true", "yes", "1", "on")
        return ["yes"] if yes else ["no"] if field.type == "yesno" else []
    return [v.strip() for v in told]
