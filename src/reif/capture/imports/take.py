"""Take checked rows over: people, their stage and owner, who must not be written to, and what an undo needs.

Says person.imported for each row, and what follows from it: person.staged, person.changed, consent.withdrawn,
segment.requested.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.imports.account import account
from reif.capture.imports.checked import Checked, Problem
from reif.capture.imports.options import Options, answer_of, options_of
from reif.capture.imports.outside import system_of
from reif.capture.imports.permission import Pair, forgotten, note_permission
from reif.capture.models import Import, ImportedChange
from reif.crm.bulk_upsert import Origin, Taken, bulk_upsert
from reif.crm.known_companies import KnownCompanies
from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.set_owner import set_owner
from reif.log.append import append, append_each
from reif.log.catalogue.nurture import SegmentRequested
from reif.log.catalogue.people import PersonChanged


def take(one: Import, checked: Sequence[Checked], companies: KnownCompanies) -> None:
    """Call it inside `writing()`, with the import locked; the caller stores its counts. companies: the run's memory."""
    options = options_of(one.options)
    lost = forgotten(checked)
    good = [row for row in checked if row.told and not (lost and _is_lost(row, lost))]
    if options.twice == "first":
        good = [row for row in good if not (row.first and _is_repeated(row))]
    origin = Origin(one.pk, one.name, one.by_id, system_of(one), by_name=True)
    told = [row.told for row in good if row.told]
    taken = bulk_upsert(told, origin, overwrite=options.update == "overwrite", companies=companies)
    pairs = list(zip(good, taken, strict=True))
    _stages(pairs, options, one)
    _owners([p for p in pairs if "owner" in p[0].extras], one)
    if options.segment:
        people = list(dict.fromkeys(result.person for _row, result in pairs))
        append_each(SegmentRequested(topic=options.segment, actor=one.by_id), people)
    note_permission(one, pairs, answer_of(one.basis))
    _keep_for_undo(one, taken)
    account(one, checked, pairs)


def _is_lost(row: Checked, lost: set[str]) -> bool:
    assert row.told is not None
    if row.told.email not in lost:
        return False
    row.problems.append(Problem("forgotten"))
    return True


def _is_repeated(row: Checked) -> bool:
    row.problems.append(Problem("repeated", -1, str(row.first)))
    return True


def _stages(pairs: Sequence[Pair], options: Options, one: Import) -> None:
    moves = []
    for row, result in pairs:
        stage = row.extras.get("stage") or (options.stage if result.created else "")
        if stage:
            moves.append(Move(result.person, stage, reason="import", actor=one.by_id))
    if moves:
        move_stage(moves)


def _owners(pairs: Sequence[Pair], one: Import) -> None:
    """Somebody who has an owner keeps them."""
    wanted = {result.person: row.extras["owner"] for row, result in pairs}
    free = set(Person.objects.filter(id__in=wanted, owner=None).values_list("id", flat=True)) if wanted else set()
    set_owner({person: owner for person, owner in wanted.items() if person in free})
    append(*(PersonChanged(person=p, fields=["owner"], topic="import", actor=one.by_id) for p in wanted if p in free))


def _keep_for_undo(one: Import, taken: Sequence[Taken]) -> None:
    changes = [ImportedChange(of=one, person_id=t.person, before=t.before, after=t.after) for t in taken if t.after]
    ImportedChange.objects.bulk_create(changes, batch_size=2000)
