"""The beginning of every question about the funnel: `reached(person_id, n, at)`, from the history of stages."""

from __future__ import annotations

from pathlib import Path

REACHED = (Path(__file__).parent / "reached.sql").read_text("utf-8")
"""A question goes on with a comma and its own tables. Rungs: 1 lead, 2 MQL, 3 SQL, 4 opportunity, 5 customer.
`{whose}` stands for more conditions on `spell.person_id`, or for nothing."""
