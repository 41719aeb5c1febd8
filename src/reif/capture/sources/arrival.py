"""The source of a form: what the address of its page says, else where its visitor came from lately."""

from __future__ import annotations

from reif.capture.sources.source import Touch, touch
from reif.crm.credit import latest
from reif.crm.models import Touch as Row
from reif.crm.models import Visitor


def arrival(url: str, referrer: str, visitor: Visitor | None, own: tuple[str, ...] = (), agent: str = "") -> Touch:
    """A touch that is not of this moment is marked `internal`: nobody arrived just now."""
    found = touch(url, referrer, agent or None, own)
    if found.source != "DIRECT_TRAFFIC" or visitor is None:
        return found
    if known := latest(list(Row.objects.filter(visitor=visitor, corrects=None))):
        return Touch(
            known.source, known.detail_1, known.detail_2, known.campaign, known.utm, internal=True,
            why=("an earlier touch of the visitor",),
        )  # fmt: skip
    if visitor.source:
        first = (visitor.source, visitor.source_detail_1, visitor.source_detail_2)
        return Touch(*first, utm=visitor.utm, internal=True, why=("the visitor's first touch",))
    return found
