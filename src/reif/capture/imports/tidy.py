"""Keep no more of an import than is needed: what an undo needs for thirty days, files that nobody imported for a week.

Hears person.erased and the daily round.
"""

from __future__ import annotations

from datetime import timedelta

from reif.capture.imports.receive import throw_away
from reif.capture.models import Import, ImportedChange, ImportProblem
from reif.kit.clock import now
from reif.log.catalogue.people import PersonErased
from reif.log.catalogue.timers import TimerFired
from reif.log.event import Event

_DRAFTS = timedelta(days=7)


def forget_rows(events: list[Event[PersonErased]]) -> None:
    """Hears person.erased: what a file said about them goes too."""
    people = [e.person for e in events]
    ImportedChange.objects.filter(person__in=people).delete()
    ImportProblem.objects.filter(person__in=people).delete()


def tidy_imports(_events: list[Event[TimerFired]]) -> None:
    """Each day: counts and figures of an import stay, its rows do not."""
    moment = now()
    over = list(
        Import.objects.filter(undo_until__lt=moment).exclude(state=Import.State.UNDOING).values_list("pk", flat=True)
    )
    ImportedChange.objects.filter(of__in=over).delete()
    ImportProblem.objects.filter(of__in=over).delete()
    Import.objects.filter(pk__in=over).update(undo_until=None)
    for draft in Import.objects.filter(state=Import.State.DRAFT, created_at__lt=moment - _DRAFTS):
        throw_away(draft)
        draft.delete()
