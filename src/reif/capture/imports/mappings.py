"""Remember where the columns of a file went, for the next one with the same headings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from reif.capture.imports.aliases import squeeze
from reif.capture.models import SavedMapping
from reif.kit.clock import now


def remember(headings: Sequence[str], mapping: Sequence[str], options: dict[str, object], kind: str = "people") -> None:
    """The last decision counts."""
    SavedMapping.objects.update_or_create(
        key=_key(headings, kind), defaults={"mapping": list(mapping), "options": options, "used_at": now()}
    )


def remembered(headings: Sequence[str], kind: str = "people") -> SavedMapping | None:
    """Capitals, signs and blanks in the headings make no difference; another order does."""
    found = SavedMapping.objects.filter(key=_key(headings, kind)).first()
    return found if found and len(found.mapping) == len(headings) else None


def _key(headings: Sequence[str], kind: str) -> str:
    told = (*headings, f"\0{kind}") if kind != "people" else headings
    return hashlib.sha256("\0".join(squeeze(h) or h for h in told).encode()).hexdigest()
