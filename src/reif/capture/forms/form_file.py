"""The shape of `forms.toml`."""

from __future__ import annotations

from typing import Literal

import msgspec

from reif.channels.mails import Words

FieldType = Literal["email", "text", "tel", "select", "checkbox", "hidden"]
TARGETS = (
    "person.first_name", "person.last_name", "person.name", "person.phone", "person.job_title", "person.country",
    "person.region", "person.city", "person.postal_code", "company.name", "company.size", "company.industry",
)  # fmt: skip
"""What a field may fill, besides a trait: `person.traits.<name>`."""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A choice: the value that is stored and its words."""

    value: str
    label: Words = Words()


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `to`: the column it fills (`email` fills the address by itself). business: no free-mail address."""

    name: str
    type: FieldType = "text"
    label: Words = Words()
    help: Words = Words()
    required: bool = False
    to: str = ""
    options: list[Option] = []
    value: str = ""
    business: bool = False
    max: int = 200


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A box to tick, never ticked beforehand. double: it counts once the link in the mail was followed."""

    purpose: str
    text: Words
    version: str
    double: bool = True
    required: bool = False


class Does(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else happens. webinar: the slug of the one that the person is registered for."""

    webinar: str = ""


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form. gives: the slug of the file it gives. after: said on the thank-you page.

    seconds: who is faster than this is asked to send again.
    """

    slug: str
    title: Words = Words()
    text: Words = Words()
    button: Words = Words()
    after: Words = Words()
    small: Words = Words()
    fields: list[Field] = []
    consents: list[Permission] = []
    gives: str = ""
    does: Does = Does()
    seconds: int = 1

    @property
    def must_confirm(self) -> bool:
        return any(c.double for c in self.consents)


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `forms.toml`."""

    forms: list[Form] = []

    def by_slug(self, slug: str) -> Form | None:
        """The form of this slug; None when there is none."""
        return next((form for form in self.forms if form.slug == slug), None)
