"""Make as if an import had never brought these people: their personal columns are emptied, every room is told.

Says person.erased.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.models import Import, ImportProblem
from reif.crm.models import Consent, Identity, Person, StageSpell
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.people import PersonErased

_EMPTY = ("first_name", "last_name", "phone", "job_title", "company_name", "region", "city", "postal_code", "language")
_EMPTY += ("timezone", "source", "source_detail_1", "source_detail_2", "stage")  # type: ignore[assignment]
_FOLDS = ("first_name_fold", "last_name_fold", "job_title_fold", "company_name_fold", "city_fold")


def forget_people(people: Sequence[int], one: Import) -> int:
    """The row stays without a name or an address, so that the log's numbers mean somebody. Returns how many."""
    if not people:
        return 0
    for model in (Consent, Identity, StageSpell):
        model.objects.filter(person__in=people).delete()
    ImportProblem.objects.filter(person__in=people).delete()
    Person.objects.filter(pk__in=people).update(
        email=None, erased_at=now(), company=None, owner=None, country="", utm={}, traits={}, stage_at=None,
        **dict.fromkeys((*_EMPTY, *_FOLDS), ""),
    )  # fmt: skip
    append(*(PersonErased(person=p, topic="undo", actor=one.by_id) for p in people))
    return len(people)
