"""Where the headings are: below whatever somebody wrote above the table, or nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reif.capture.imports.aliases import meaning, squeeze

_LOOK = 25
_COMPANIES = frozenset({"firma", "company", "organisation", "organization", "account", "unternehmen"})
_GROUPS = _COMPANIES | {"person", "contact", "kontakt", "lead", "personen", "contacts", "kontakte"}
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def find_heading(rows: Sequence[Sequence[str]], skip: int = 0) -> tuple[int, list[str]]:
    """The number of the row with the headings, and the headings, each once. 0 (or `skip`): there are none.

    A row is the heading when it knows the most words that mean something to us; else the first that is as wide as the
    table and looks like words, not like a person. skip: rows that are no table.
    """
    candidates = list(enumerate(rows[:_LOOK], start=1))[skip:]
    filled = [(number, [cell.strip() for cell in row]) for number, row in candidates if any(map(str.strip, row))]
    if not filled:
        return skip, []
    wide = max(sum(map(bool, row)) for _number, row in filled)
    known = [(sum(1 for cell in row if meaning(cell)), -number) for number, row in filled if not _is_a_person(row)]
    if known and max(known)[0] >= min(2, wide):
        number = -max(known)[1]
    else:
        width = Counter(sum(map(bool, row)) for _number, row in filled).most_common(1)[0][0]
        number, row = next((pair for pair in filled if sum(map(bool, pair[1])) >= 0.6 * width), filled[0])
        if _is_a_person(row) or any(cell.isdigit() for cell in row):
            return number - 1, _numbered(max(len(row) for _number, row in filled))
    return number, _once(
        _grouped([cell.strip().lstrip("\ufeff") for cell in rows[number - 1]], rows[number - 2 : number - 1])
    )


def _grouped(cells: list[str], above: Sequence[Sequence[str]]) -> list[str]:
    """With `Firma` in merged cells above them, `Name` and `Ort` are `Firma - Name` and `Firma - Ort`."""
    groups = [cell.strip() for cell in above[0]] if above else []
    if not any(groups) or not all(squeeze(group) in _GROUPS for group in groups if group):
        return cells
    found, group = [], ""
    for number, cell in enumerate(cells):
        group = (groups[number] if number < len(groups) else "") or group
        found.append(f"{group} - {cell}" if cell and squeeze(group) in _COMPANIES else cell)
    return found


def _is_a_person(row: Sequence[str]) -> bool:
    return any(_ADDRESS.fullmatch(cell) for cell in row)


def _numbered(count: int) -> list[str]:
    return [f"Column {n}" for n in range(1, count + 1)]


def _once(cells: list[str]) -> list[str]:
    """Without the empty ones at the end; an empty one in between gets a number, a second of one name too."""
    while cells and not cells[-1]:
        cells.pop()
    seen: Counter[str] = Counter()
    found = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:100] or f"Column {number}"
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        found.append(name if count == 1 else f"{name} ({count})")
    return found
