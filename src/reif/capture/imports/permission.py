"""Who may be written to after an import: nobody, unless it says so with evidence; and never who has unsubscribed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reif.capture.imports.options import Answer
from reif.capture.models import Import
from reif.crm.consent import withdraw

if TYPE_CHECKING:
    from reif.capture.imports.take import Pair


def note_permission(one: Import, pairs: Sequence[Pair], answer: Answer) -> None:
    """Call it inside `writing()`. An unsubscribed column takes permissions away, and never gives one."""
    unwanted = {result.person for row, result in pairs if row.extras.get("opt_out")}
    if unwanted:
        withdraw(unwanted, by=f"import:{one.pk}")
