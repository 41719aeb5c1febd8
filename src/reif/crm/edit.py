"""Change a person's details by hand.

Says person.changed.
"""

from __future__ import annotations

from typing import Any

from reif.crm.folded import FoldedField
from reif.crm.jobs.columns import JobField
from reif.crm.models import Person
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged

_FOLLOW = {"updated_at", *(f.name for f in Person._meta.concrete_fields if isinstance(f, FoldedField | JobField))}
"""What is kept in step with the details. Nothing else is written: a score may have changed since the person was read."""


def edit_person(person: Person, values: dict[str, Any], by: int) -> None:
    """values: columns with their new values; nothing changed says nothing."""
    if not values:
        return
    with writing():
        for column, value in values.items():
            setattr(person, column, value)
        person.save(update_fields={*values, *_FOLLOW})
        append(PersonChanged(person=person.pk, fields=sorted(values), topic="hand", actor=by))
