"""Take checked rows of companies over, and keep what an undo needs.

Says company.created and company.changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.imports.account import account
from reif.capture.imports.checked import Checked, Problem
from reif.capture.imports.options import options_of
from reif.capture.models import Import, ImportedChange
from reif.crm.bulk_companies import TakenCompany, take_companies

_PARENT = "parent"


def take_over(one: Import, checked: Sequence[Checked]) -> None:
    """Call it inside `writing()`, with the import locked; the caller stores its counts."""
    options = options_of(one.options)
    good = [row for row in checked if row.company]
    if options.twice == "first":
        good = [row for row in good if not (row.first and _is_repeated(row))]
    told = [row.company for row in good if row.company]
    taken = take_companies(told, overwrite=options.update == "overwrite", batch=one.pk, actor=one.by_id)
    pairs = []
    for row, result in zip(good, taken, strict=True):
        if trouble := trouble_of(row, result, one.mapping):
            row.problems.append(trouble)
        if result.company is not None:
            pairs.append((row, result))
    _keep_for_undo(one, [result for _row, result in pairs])
    account(one, checked, pairs)


def trouble_of(row: Checked, result: TakenCompany, mapping: Sequence[str]) -> Problem | None:
    """What was found out by looking at the companies that are there."""
    assert row.company
    if result.company is None:
        return Problem("unclear", -1, str(row.company.values.get("name", ""))[:100])
    column = mapping.index(_PARENT) if _PARENT in mapping else -1
    return Problem(result.trouble, column, row.company.parent[:100]) if result.trouble else None


def _is_repeated(row: Checked) -> bool:
    row.problems.append(Problem("repeated_company", -1, str(row.first)))
    return True


def _keep_for_undo(one: Import, taken: Sequence[TakenCompany]) -> None:
    changes = [
        ImportedChange(of=one, company=t.company, before=t.before, after=t.after)
        for t in taken
        if t.after and not t.created
    ]
    ImportedChange.objects.bulk_create(changes, batch_size=2000)
