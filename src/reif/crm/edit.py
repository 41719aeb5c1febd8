"""Change a person's details by hand.

Says person.changed.
"""

from __future__ import annotations

from typing import Any

from reif.crm.models import Person
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged


def edit_person(person: Person, values: dict[str, Any], by: int) -> None:
    """values: columns with their new values; nothing changed says nothing."""
    if not values:
        return
    with writing():
        for column, value in values.items():
            setattr(person, column, value)
        person.save()
        append(PersonChanged(person=person.pk, fields=sorted(values), topic="hand", actor=by))
