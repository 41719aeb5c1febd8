"""What became of some rows, noted on the import: problems row by row, and the figures of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, Protocol

from reif.capture.imports.checked import Checked
from reif.capture.models import Import, ImportProblem


class Result(Protocol):
    """What became of a row that was taken. after: what changed of what was there already."""

    created: bool
    after: dict[str, Any]


Pairs = Sequence[tuple[Checked, Any]]
"""Rows that were taken, each with its Result."""


def account(one: Import, checked: Sequence[Checked], pairs: Pairs) -> None:
    """The caller stores the import."""
    _note_problems(one, checked, pairs)
    _count(one, checked, pairs)


def _note_problems(one: Import, checked: Sequence[Checked], pairs: Pairs) -> None:
    taken = {row.row.number: getattr(result, "person", None) for row, result in pairs if row.problems}
    rows = []
    for row in checked:
        for problem in row.problems:
            heading = one.headings[problem.column] if 0 <= problem.column < len(one.headings) else ""
            rows.append(
                ImportProblem(
                    of=one, row=row.row.number, key=problem.key, heading=heading, value=problem.value[:100],
                    skipped=row.row.number not in taken, cells=[cell[:2000] for cell in row.row.cells],
                    person_id=taken.get(row.row.number),
                )
            )  # fmt: skip
    ImportProblem.objects.bulk_create(rows, batch_size=2000)


def _count(one: Import, checked: Sequence[Checked], pairs: Pairs) -> None:
    created = sum(result.created for _row, result in pairs)
    changed = sum(1 for _row, result in pairs if result.after)
    one.rows += len(checked)
    one.created += created
    one.changed += changed
    one.same += len(pairs) - created - changed
    one.skipped += len(checked) - len(pairs)
    one.left_out += sum(len(row.problems) for row, _result in pairs if row.problems)
    told = [row.known.values for row, _result in pairs if row.known]
    tables = {
        "reasons": Counter(p.key for row in checked if row.problems for p in row.problems),
        "countries": Counter([values.get("country", "") for values in told]),
        "filled": Counter(chain.from_iterable(told)),
    }
    again = sum(1 for row, _result in pairs if row.first)
    opt_out = sum(1 for row, _result in pairs if row.extras.get("opt_out"))
    one.figures = _summed(one.figures, tables, {"again": again, "opt_out": opt_out})


def _summed(before: dict[str, Any], tables: dict[str, Counter[str]], numbers: dict[str, int]) -> dict[str, Any]:
    found = dict(before)
    for name, counts in tables.items():
        found[name] = dict(Counter(before.get(name, {})) + counts)
    for name, number in numbers.items():
        found[name] = before.get(name, 0) + number
    return found
