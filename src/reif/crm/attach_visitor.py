"""Say that a visitor and a person are the same; the visitor's whole history is theirs from now on.

Says visitor.identified, once for each visitor: a browser that belongs to somebody is never given to another.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reif.crm.models import Visitor
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import VisitorIdentified
from reif.log.fact import Cause


def attach(pairs: Iterable[tuple[int, int]], by: str = "form", cause: Cause = None,
           at: datetime | None = None) -> list[int]:  # fmt: skip
    """pairs of visitor id and person id, of two for one visitor the first. Returns the visitors that were attached now."""
    moment = at or now()
    attached = []
    with writing():
        for visitor, person in dict(reversed(list(pairs))).items():
            free = Visitor.objects.filter(id=visitor, person=None)
            if free.update(person=person, identified_at=moment, identified_by=by[:16]):
                attached.append(visitor)
                append(VisitorIdentified(visitor=visitor, person=person, topic=by, cause=cause, at=moment))
    return attached
