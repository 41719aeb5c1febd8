"""Take checked rows over: people, their stage and owner, who must not be written to, and what an undo needs.

Says person.imported for each row, and what follows from it: person.staged, person.changed, consent.withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from reif.capture.imports.options import Options, answer_of, options_of
from reif.capture.imports.permission import forgotten, note_permission
from reif.capture.imports.read_rows import Checked, Problem
from reif.capture.imports.seen import Seen
from reif.capture.models import Import, ImportedChange, ImportProblem
from reif.crm.bulk_upsert import Origin, Taken, bulk_upsert
from reif.crm.known_companies import KnownCompanies
from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.set_owner import set_owner
from reif.log.append import append
from reif.log.catalogue.people import PersonChanged

Pair = tuple[Checked, Taken]


@dataclass
class Memory:
    """What a run keeps between chunks."""

    companies: KnownCompanies = field(default_factory=KnownCompanies)
    seen: Seen = field(default_factory=Seen)


def take(one: Import, checked: Sequence[Checked], memory: Memory) -> None:
    """Call it inside `writing()`, with the import locked; the caller stores its counts."""
    options = options_of(one.options)
    lost = forgotten(checked)
    good = [row for row in checked if row.told and _wanted(row, lost) and _first_of_its_address(row, options, memory)]
    told = [row.told for row in good if row.told]
    origin = Origin(one.pk, one.name, one.by_id)
    taken = bulk_upsert(told, origin, overwrite=options.update == "overwrite", companies=memory.companies)
    pairs = list(zip(good, taken, strict=True))
    _stages(pairs, options, one)
    _owners([p for p in pairs if "owner" in p[0].extras], one)
    note_permission(one, pairs, answer_of(one.basis))
    _keep_for_undo(one, taken)
    _note_problems(one, checked, {id(row): result.person for row, result in pairs})
    _count(one, checked, pairs)


def _wanted(row: Checked, lost: set[str]) -> bool:
    assert row.told is not None
    if row.told.email not in lost:
        return True
    row.problems.append(Problem("forgotten"))
    return False


def _first_of_its_address(row: Checked, options: Options, memory: Memory) -> bool:
    assert row.told is not None
    before = memory.seen.first(row.told.email, row.row.number)
    if before == row.row.number:
        return True
    if options.twice == "last":
        row.extras["again"] = before
        return True
    row.problems.append(Problem("repeated", -1, str(before)))
    return False


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
    changes = [
        ImportedChange(of=one, person_id=t.person, before=t.before, after=t.after)
        for t in taken
        if t.after and not t.created
    ]
    ImportedChange.objects.bulk_create(changes, batch_size=2000)


def _note_problems(one: Import, checked: Sequence[Checked], people: dict[int, int]) -> None:
    rows = []
    for row in checked:
        person = people.get(id(row))
        for problem in row.problems:
            heading = one.headings[problem.column] if 0 <= problem.column < len(one.headings) else ""
            rows.append(
                ImportProblem(
                    of=one, row=row.row.number, key=problem.key, heading=heading, value=problem.value[:100],
                    skipped=person is None, cells=[cell[:2000] for cell in row.row.cells], person_id=person,
                )
            )  # fmt: skip
    ImportProblem.objects.bulk_create(rows, batch_size=2000)


def _count(one: Import, checked: Sequence[Checked], pairs: Sequence[Pair]) -> None:
    results = [result for _row, result in pairs]
    created = sum(result.created for result in results)
    changed = sum(1 for result in results if result.after and not result.created)
    one.rows += len(checked)
    one.created += created
    one.changed += changed
    one.same += len(pairs) - created - changed
    one.skipped += len(checked) - len(pairs)
    wrong = [row for row in checked if row.problems]
    taken = {id(row) for row, _t in pairs} if wrong else set()
    one.left_out += sum(len(row.problems) for row in wrong if id(row) in taken)
    reasons = Counter(p.key for row in wrong for p in row.problems)
    told = [row.told.values for row, _t in pairs if row.told]
    countries = Counter([values.get("country", "") for values in told])
    filled = Counter(chain.from_iterable(told))
    again = sum(1 for row, _t in pairs if "again" in row.extras)
    opt_out = sum(1 for row, _t in pairs if row.extras.get("opt_out"))
    one.figures = _summed(
        one.figures,
        {"reasons": reasons, "countries": countries, "filled": filled},
        {"again": again, "opt_out": opt_out},
    )


def _summed(before: dict[str, Any], tables: dict[str, Counter[str]], numbers: dict[str, int]) -> dict[str, Any]:
    found = dict(before)
    for name, counts in tables.items():
        found[name] = dict(Counter(before.get(name, {})) + counts)
    for name, number in numbers.items():
        found[name] = before.get(name, 0) + number
    return found
