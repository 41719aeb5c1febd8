"""Note on which basis imported people are processed, as the import was answered for.

Hears person.imported. Says basis.recorded.
"""

from __future__ import annotations

from reif.capture.imports.options import answer_of
from reif.capture.models import Import
from reif.crm.basis import Ground, record
from reif.log.catalogue.imports import PersonImported
from reif.log.event import Event


def ground_import(events: list[Event[PersonImported]]) -> None:
    """Whoever has not been told where their data come from must be within a month (GDPR Art. 14)."""
    answers = {
        one.pk: (one.name, answer_of(one.basis))
        for one in Import.objects.filter(pk__in={e.fact.batch for e in events})
    }  # fmt: skip
    grounds = []
    for event in events:
        name, answer = answers.get(event.fact.batch, ("", None))
        if answer and answer.basis and event.person:
            grounds.append(
                Ground(
                    event.person, answer.basis, came_from=f"import:{event.fact.batch}", evidence=answer.evidence or name,
                    told=answer.informed or not event.fact.created, cause=event.id, actor=event.actor,
                )
            )  # fmt: skip
    record(grounds)
