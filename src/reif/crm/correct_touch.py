"""Say where somebody really came from. The touch stays as it was; what counts from now on is the correction.

Says touch.corrected. `crm.touches` hears it and writes the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reif.crm.models import SOURCES, Touch
from reif.log.append import append, writing
from reif.log.catalogue.people import TouchCorrected


class BadCorrection(ValueError):
    """The sentence says what is missing."""


@dataclass(frozen=True)
class Truth:
    """What should count."""

    source: str
    detail_1: str = ""
    detail_2: str = ""
    campaign: str = ""


def correct_touch(touch: Touch, truth: Truth, reason: str, by: int, at: datetime | None = None) -> None:
    """touch: the one that was seen, or an earlier correction of it. The same event twice is one more correction.

    Raises BadCorrection without a reason or with a source that does not exist.
    """
    seen = touch.corrects or touch
    if truth.source not in SOURCES:
        raise BadCorrection(f"unknown source {truth.source!r}")
    if not reason.strip():
        raise BadCorrection("a correction needs a reason")
    with writing():
        append(
            TouchCorrected(
                person=seen.person_id, visitor=seen.visitor_id, actor=by, at=at, text=reason.strip()[:300],
                topic=truth.source, about=seen.event_id or 0, source=truth.source, detail_1=truth.detail_1[:255],
                detail_2=truth.detail_2[:255], campaign=truth.campaign[:200],
            )
        )  # fmt: skip
