"""Which questions are asked: conditions on other answers, and steps between page breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reif.capture.forms.field_file import Field, Show
from reif.channels.mails import Words

Raw = Mapping[str, Sequence[str]]
"""What was posted, by name; several values for boxes."""


@dataclass(frozen=True)
class Step:
    """The fields between two page breaks. title: of the break that opens it."""

    title: Words
    fields: list[Field]


def steps(fields: Sequence[Field]) -> list[Step]:
    """At least one; a form without page breaks is one step."""
    found: list[Step] = [Step(Words(), [])]
    for field in fields:
        if field.type == "break":
            if found[-1].fields:
                found.append(Step(field.label, []))
            else:
                found[-1] = Step(field.label, [])
        else:
            found[-1].fields.append(field)
    return found


def asked(fields: Sequence[Field], raw: Raw) -> list[Field]:
    """The fields whose condition holds; one whose parent is not asked is not asked either."""
    shown: dict[str, bool] = {}
    for field in fields:
        shown[field.name] = field.show is None or (shown.get(field.show.field, False) and holds(field.show, raw))
    return [field for field in fields if shown[field.name]]


def holds(show: Show, raw: Raw) -> bool:
    """Whether the other field has one of the values."""
    told = [value.strip() for value in raw.get(show.field, ()) if value.strip()]
    found = bool(told) if not show.values else bool(set(told) & set(show.values))
    return found != show.unless
