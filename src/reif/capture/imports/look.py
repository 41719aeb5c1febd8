"""What rows would do to the people or companies that are there, found in memory alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reif.capture.imports.checked import Checked
from reif.capture.imports.options import options_of
from reif.capture.imports.outside import system_of
from reif.capture.imports.take_companies import trouble_of
from reif.capture.models import Import
from reif.crm.bulk_companies import compare
from reif.crm.bulk_people import People
from reif.crm.bulk_rows import nobody
from reif.crm.meant_companies import Companies
from reif.crm.told import differences


class Seen(NamedTuple):
    """what: created, changed, same, skipped, unclear. who: as the row names them. values: column, before, after."""

    what: str
    who: str = ""
    values: tuple[tuple[str, object, object], ...] = ()


Look = Callable[[Sequence[Checked]], Iterator[Seen]]
"""One for each row of a chunk, in order."""


def look_for(one: Import) -> Look:
    overwrite = options_of(one.options).update == "overwrite"
    if one.kind == "companies":
        return lambda chunk: _companies(chunk, overwrite, one.mapping)
    system = system_of(one)
    return lambda chunk: _people(chunk, overwrite, system)


def _people(chunk: Sequence[Checked], overwrite: bool, system: str) -> Iterator[Seen]:
    people = People([c.told for c in chunk if c.told], system, locked=False)
    for checked in chunk:
        if not (new := checked.told):
            yield Seen("skipped")
            continue
        state = people.of(new)
        created = state is None
        if state is None:
            state = people.add(nobody(new.email), new)
        changes = differences(state, new, overwrite or created)
        values = tuple((c, state[c], v) for c, v in changes.items())
        state.update(changes)
        yield Seen("created" if created else "changed" if changes else "same", new.email or new.outside, values)


def _companies(chunk: Sequence[Checked], overwrite: bool, mapping: Sequence[str]) -> Iterator[Seen]:
    companies = Companies([c.company for c in chunk if c.company], locked=False)
    for checked in chunk:
        if not (new := checked.company):
            yield Seen("skipped")
            continue
        result = compare(new, companies, overwrite)
        if trouble := trouble_of(checked, result, mapping):
            checked.problems.append(trouble)
        who = str(new.values.get("name") or new.domain)
        if result.company is None:
            yield Seen("unclear", who)
            continue
        after = new.values if result.created else result.after
        values = tuple((c, result.before.get(c) or "", v) for c, v in after.items())
        yield Seen("created" if result.created else "changed" if after else "same", who, values)
