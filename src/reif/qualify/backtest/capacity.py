"""How many people sellers can take in a week: their places, divided by how long a person takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from reif.qualify.backtest.comparison import Capacity
from reif.staff.models import Role, User

if TYPE_CHECKING:
    import duckdb

USUAL, ENOUGH = 30.0, 20
_TAKEN = """SELECT count(*), avg(epoch_ms(ended - taken)) / 86400000 FROM (
  SELECT person, min(CASE WHEN kind = 'assignment.accepted' THEN "at" END) AS taken,
    min(CASE WHEN kind <> 'assignment.accepted' THEN "at" END) AS ended
  FROM deeds WHERE kind IN ('assignment.accepted', 'deal.won', 'deal.lost') GROUP BY person)
WHERE ended > taken"""


def capacity(lake: duckdb.DuckDBPyConnection) -> Capacity:
    """From acceptance to the end of the deal, on average; thirty days while fewer than twenty have ended."""
    sellers = User.objects.filter(role=Role.SELLER, is_active=True).aggregate(n=Count("id"), places=Sum("capacity"))
    ended, days = lake.execute(_TAKEN).fetchone() or (0, None)
    measured = ended >= ENOUGH and days is not None
    return Capacity(sellers["n"], sellers["places"] or 0, round(max(days, 1.0), 1) if measured else USUAL, measured)
