"""What published benchmarks call usual: a grey band behind the own numbers, never a target.

Definitions of the stages differ so much between the publications that the own history comes first.
"""

from __future__ import annotations

from typing import NamedTuple


class Band(NamedTuple):
    """A share from `low` to `high`, 0 to 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


BANDS: dict[str, Band] = {
    "lead": Band(0.15, 0.40),
    "mql": Band(0.13, 0.40),
    "sql": Band(0.30, 0.75),
    "opportunity": Band(0.15, 0.30),
}
"""By the stage that is left: lead to MQL, MQL to SQL, SQL to opportunity, opportunity to customer.

Envelope of the ranges in public B2B funnel reports of 2023 to 2026 (among them First Page Sage for MQL to SQL, whose
spread by definition alone is 5 to 40 %).
"""
