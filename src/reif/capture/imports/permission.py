"""Who may be written to after an import: nobody, unless it says so with evidence; and never who has unsubscribed.

Says consent.withdrawn and consent.given.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.capture.imports.checked import Checked
from reif.capture.imports.options import Answer
from reif.capture.models import Import
from reif.crm.bulk_upsert import Taken
from reif.crm.consent import withdraw
from reif.crm.models import Person, Suppression
from reif.crm.permit import Brought, bring
from reif.crm.suppress import suppress, unwanted

Pair = tuple[Checked, Taken]
"""A row of the file, and what became of it."""


def note_permission(one: Import, pairs: Sequence[Pair], answer: Answer) -> None:
    """Call it inside `writing()`. An unsubscribed column takes permissions away, and never gives one."""
    objecting = {result.person: row for row, result in pairs if row.extras and row.extras.get("opt_out")}
    if objecting:
        withdraw(objecting, by=f"import:{one.pk}")
        suppress([(row.told.email, "") for row in objecting.values() if row.told], "objected")
    if answer.mail == "yes":
        _bring({result.person: row for row, result in pairs if result.person not in objecting}, one, answer)


def forgotten(rows: Sequence[Checked]) -> set[str]:
    """Addresses whose owners asked to be forgotten: no import brings them back."""
    if not Suppression.objects.filter(reason="erased").exists():
        return set()
    listed = unwanted([row.told.email for row in rows if row.told])
    return {address for address, (reason, _since) in listed.items() if reason == "erased"}


def _bring(rows: dict[int, Checked], one: Import, answer: Answer) -> None:
    people = Person.objects.in_bulk(rows)
    bring(
        [
            Brought(
                person=people[person], text=answer.evidence, at=row.extras.get("consent_at"),
                evidence={"source": str(row.extras.get("consent_source") or answer.evidence), "import": one.name},
            )
            for person, row in rows.items()
            if person in people
        ],
        by=one.by_id,
    )  # fmt: skip
