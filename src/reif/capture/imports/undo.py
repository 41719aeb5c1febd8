"""Take an import back, chunk by chunk.

What it made and nobody used since goes; the rest stays, and the report says why. Columns go back to what they were, unless
somebody changed them since. Says import.undone, and what `undo_people` and `undo_companies` say.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.capture.imports import undo_companies, undo_people
from reif.capture.models import Import, ImportedChange
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.imports import ImportUndone
from reif.log.waking import knock

CHUNK = 2000
State = Import.State
_WAYS = {"people": undo_people, "companies": undo_companies}


class NotPossible(ValueError):
    """The sentence says why."""


def undo(one: Import) -> None:
    """Ask for it; the worker does it. Raises NotPossible."""
    with writing():
        row = Import.objects.select_for_update().filter(pk=one.pk).first()
        if row is None or row.state not in (State.DONE, State.CANCELLED, State.FAILED) or row.undo_until is None:
            raise NotPossible(_("There is nothing to undo."))
        if row.undo_until < now():
            raise NotPossible(_("An import can be undone for 30 days; that time is over."))
        row.state, row.undo_position = State.UNDOING, 0
        row.save(update_fields=["state", "undo_position"])
        knock()


def undo_to_the_end(pk: int) -> Import:
    """In one go, for the command."""
    one = Import.objects.filter(pk=pk).first()
    if one is None:
        raise NotPossible(_("There is no such import."))
    undo(one)
    while undo_step(pk):
        pass
    return Import.objects.get(pk=pk)


def undo_step(pk: int, size: int = CHUNK) -> bool:
    """The next ones. False when it is done. Changed columns first, then those whom the import made."""
    with writing():
        one = Import.objects.select_for_update().get(pk=pk)
        if one.state != State.UNDOING:
            return False
        way = _WAYS[one.kind]
        changes = list(ImportedChange.objects.filter(of=one).order_by("id")[:size])
        if changes:
            one.restored += way.restore(changes, one)
            ImportedChange.objects.filter(pk__in=[c.pk for c in changes]).delete()
        else:
            made = list(way.events_of(one).filter(id__gt=one.undo_position)[:size])
            if not made:
                _finish(one)
                return False
            way.remove(one, made)
            one.undo_position = made[-1].pk
        one.beat_at = now()
        one.save()
    return True


def _finish(one: Import) -> None:
    one.state, one.undone_at, one.undo_until = State.UNDONE, now(), None
    one.save()
    append(
        ImportUndone(
            topic=one.name, batch=one.pk, actor=one.by_id, removed=one.removed, restored=one.restored, kept=one.kept
        )
    )
