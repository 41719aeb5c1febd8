"""Browsers that were seen, made once for each key."""

from __future__ import annotations

from typing import Any

from reif.crm.models import Visitor
from reif.kit.clock import now


def visitors_for(seen: dict[str, dict[str, Any]]) -> dict[str, Visitor]:
    """The visitors with these keys; unknown ones are made with the given first-seen fields. A race makes one row."""
    known = _known(seen)
    missing = [key for key in seen if key not in known]
    if missing:
        fresh = [Visitor(key=key, **{"first_seen": now()} | seen[key]) for key in missing]
        Visitor.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
        known |= _known(missing)
    return known


def _known(keys: Any) -> dict[str, Visitor]:
    keys = list(keys)
    found: dict[str, Visitor] = {}
    for i in range(0, len(keys), 900):
        found |= {v.key: v for v in Visitor.objects.filter(key__in=keys[i : i + 900])}
    return found
