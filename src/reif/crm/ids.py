"""The ids that facts of one record share."""

from __future__ import annotations

from typing import TypedDict


class Ids(TypedDict, total=False):
    """Named as in `Fact`, to be spread into one."""

    person: int | None
    company: int | None
    deal: int | None
