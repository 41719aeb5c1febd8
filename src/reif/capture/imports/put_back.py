"""A column back to what it was before an import, unless somebody has changed it since."""

from __future__ import annotations

from typing import Any

from reif.crm.models import Company, Person


def put_back(row: Person | Company, column: str, before: Any, after: Any) -> bool:
    """after: what the import made of it. Returns whether it is another one now."""
    if column == "traits":
        return _traits_back(row, before or {}, after or {})
    if getattr(row, column) != after:
        return False
    setattr(row, column, before)
    return True


def _traits_back(row: Person | Company, before: dict[str, Any], after: dict[str, Any]) -> bool:
    traits = dict(row.traits)
    for key, value in after.items():
        if traits.get(key) != value or before.get(key) == value:
            continue
        if key in before:
            traits[key] = before[key]
        else:
            del traits[key]
    changed = bool(traits != row.traits)
    row.traits = traits
    return changed
