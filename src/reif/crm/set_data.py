"""Write how complete and how good the data of people are. The one place that does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from reif.crm.models import Person
from reif.log.rewrite import rewrite


class Rating(NamedTuple):
    """Per cent, and the flaws. told_at: when somebody last told or confirmed anything."""

    completeness: int | None = None
    quality: int | None = None
    flaws: frozenset[str] = frozenset()
    told_at: datetime | None = None


def set_data(ratings: Iterable[tuple[int, Rating]]) -> None:
    """By person; some statements for thousands. Call inside `writing()`."""
    rows = [
        Person(id=person, completeness=r.completeness, quality=r.quality, flaws=flaws_said(r.flaws), told_at=r.told_at)
        for person, r in ratings
    ]
    rewrite(rows, ("completeness", "quality", "flaws", "told_at"))


def flaws_said(flaws: Iterable[str]) -> str:
    """As they are stored: a blank around each, so that one can be looked for."""
    return f" {' '.join(told)} " if (told := sorted(flaws)) else ""
