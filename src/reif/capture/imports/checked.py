"""A row of a file after it was checked, and what was wrong with it."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from reif.capture.imports.table import Row
from reif.crm.told import Told
from reif.crm.told_company import ToldCompany


class Problem(NamedTuple):
    """Why a row, or (with a column) a value of it, was not taken. key: see `words.py`."""

    key: str
    column: int = -1
    value: str = ""


class Checked(msgspec.Struct, array_like=True):
    """told, company: of whom or which the row tells, one of them by the kind of the file; None when it cannot be taken.

    extras: what other verbs need (stage, owner, opt_out, consent_at …). first: the row of the file that named the same
    person or company before, 0 for none.
    """

    row: Row
    told: Told | None = None
    problems: list[Problem] = []
    extras: dict[str, Any] = {}
    first: int = 0
    company: ToldCompany | None = None

    @property
    def known(self) -> Told | ToldCompany | None:
        """What the row tells, whatever kind it is of."""
        return self.told or self.company
