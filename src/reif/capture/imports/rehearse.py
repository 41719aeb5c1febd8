"""What an import would do: the same reading, checking and comparing, and nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from reif.capture.imports.checked import Checked
from reif.capture.imports.checked_rows import checked_rows
from reif.capture.imports.look import Seen, look_for
from reif.capture.imports.reading import manner_for
from reif.capture.imports.table import Table
from reif.capture.imports.words import Words, row_words
from reif.capture.models import Import

_CHUNK = 5000
_SAMPLES = 4


@dataclass
class Sample:
    """A row as an example. what: created, changed, same, skipped, unclear. values: column, before, after."""

    number: int
    what: str
    who: str = ""
    values: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[tuple[str, Words]] = field(default_factory=list)


@dataclass
class Rehearsal:
    """Counts of rows, of reasons, and some samples of each sort. complete: the whole file was looked at."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    complete: bool = True


def rehearse(one: Import, table: Table, limit: int | None = None) -> Rehearsal:
    """Look at the rows, at most `limit` of them. `one` need not be stored.

    Who is in a file twice, thousands of rows apart, is told as new twice; the import itself knows better.
    """
    told, look = Rehearsal(), look_for(one)
    rows = checked_rows(table, one.mapping, manner_for(one, table))
    while chunk := list(islice(rows, min(_CHUNK, (limit or _CHUNK * 2) - told.rows))):
        for checked, seen in zip(chunk, look(chunk), strict=True):
            _note(told, one, checked, seen)
        told.rows += len(chunk)
        if limit and told.rows >= limit:
            told.complete = next(rows, None) is None
            break
    return told


def _note(told: Rehearsal, one: Import, checked: Checked, seen: Seen) -> None:
    told.reasons.update(p.key for p in checked.problems)
    told.counts[seen.what] += 1
    taken = seen.what in ("created", "changed", "same")
    told.left_out += len(checked.problems) if taken else 0
    kept = told.samples.setdefault("left_out" if checked.problems and taken else seen.what, [])
    if len(kept) < _SAMPLES:
        values = [(c, _shown(before), _shown(after)) for c, before, after in seen.values]
        kept.append(Sample(checked.row.number, seen.what, seen.who, values, _words(one, checked)))


def _words(one: Import, checked: Checked) -> list[tuple[str, Words]]:
    return [
        (one.headings[p.column] if 0 <= p.column < len(one.headings) else "", row_words(p.key, p.value))
        for p in checked.problems
    ]


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k}: {v}" for k, v in value.items())[:200]
    return str(value)[:200]
