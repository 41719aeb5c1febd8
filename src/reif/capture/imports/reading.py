"""How the rows of one import are to be read."""

from __future__ import annotations

from itertools import islice

from reif.capture.imports.dates import order_of
from reif.capture.imports.options import options_of
from reif.capture.imports.table import Table
from reif.capture.imports.values import Manner
from reif.capture.models import Import
from reif.kit.clock import now
from reif.staff.models import User

_DATES = ("created_at", "consent_at")
_SAMPLE = 500


def manner_for(one: Import, table: Table) -> Manner:
    """Its country, its people as owners, and for each column of dates whether the month stands first."""
    wanted = [number for number, target in enumerate(one.mapping) if target in _DATES]
    sample = [row.cells for row in islice(table.rows(), _SAMPLE)] if wanted else []
    options = options_of(one.options)
    orders = {n: options.dates or order_of(cells[n] for cells in sample if n < len(cells)) for n in wanted}
    return Manner(
        kind=one.kind, country=options.country, source_name=options.source or one.file_name, now=now(),
        month_first=frozenset(n for n in wanted if orders[n] == "month"),
        unclear=frozenset(n for n in wanted if orders[n] == "unclear"), owners=_owners() if "owner" in one.mapping else {},
    )  # fmt: skip


def _owners() -> dict[str, int]:
    found: dict[str, int] = {}
    for user in User.objects.filter(is_active=True):
        found[user.name.casefold()] = user.pk
        found[user.email.casefold()] = user.pk
    return found
