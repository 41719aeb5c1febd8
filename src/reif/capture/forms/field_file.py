"""The shape of one question in `forms.toml`."""

from __future__ import annotations

from typing import Literal

import msgspec

from reif.channels.mails import Words

FieldType = Literal[
    "email", "text", "textarea", "tel", "url", "number", "date", "time", "datetime", "select", "multiselect", "radio",
    "checkboxes", "checkbox", "yesno", "rating", "scale", "country", "company", "hidden", "file", "prose", "break",
]  # fmt: skip
CHOICES = frozenset({"select", "multiselect", "radio", "checkboxes"})
MANY = frozenset({"multiselect", "checkboxes"})
SILENT = frozenset({"prose", "break"})
"""Kinds that ask nothing."""
TARGETS = (
    "person.first_name", "person.last_name", "person.name", "person.phone", "person.job_title", "person.country",
    "person.region", "person.city", "person.postal_code", "company.name", "company.size", "company.industry",
)  # fmt: skip
"""What a field may fill, besides a trait: `person.traits.<name>`."""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A choice: the value that is stored and its words."""

    value: str
    label: Words = Words()


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ask only when another field has one of these values; no values: when it has any. unless: the other way round."""

    field: str
    values: list[str] = []
    unless: bool = False


class Files(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be handed in. kinds: pdf, image, office, text. megabytes: of each file."""

    kinds: tuple[Literal["pdf", "image", "office", "text"], ...] = ("pdf",)
    megabytes: int = 5
    count: int = 1


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `to`: the column it fills (`email` fills the address by itself).

    value: what stands there at first; of a hidden field, what is sent. parameter: the name in the page's address that
    a hidden field is read from (`utm_term`, `partner`). business: no free-mail or throw-away address. block: domains
    and addresses that are refused, with *. max: the longest text. least, most, step: of numbers, ratings and scales,
    and of dates as `2026-12-31`, `today` or `+30`. country: where a telephone number without + is from. message: said
    when the pattern does not fit. show: under which condition it is asked. known: `skip` when we have the answer
    already and may know who this is. text: of `prose`, in Markdown. low, high: the ends of a scale.
    """

    name: str = ""
    type: FieldType = "text"
    label: Words = Words()
    help: Words = Words()
    placeholder: Words = Words()
    required: bool = False
    to: str = ""
    options: list[Option] = []
    value: str = ""
    parameter: str = ""
    business: bool = False
    block: list[str] = []
    max: int = 200
    least: float | str | None = None
    most: float | str | None = None
    step: float | None = None
    pattern: str = ""
    message: Words = Words()
    country: str = "CH"
    files: Files = Files()
    width: Literal["full", "half"] = "full"
    show: Show | None = None
    known: Literal["ask", "skip"] = "ask"
    text: Words = Words()
    low: Words = Words()
    high: Words = Words()

    @property
    def asks(self) -> bool:
        """Whether an answer can come from it."""
        return self.type not in SILENT
