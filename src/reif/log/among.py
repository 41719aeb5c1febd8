"""Thousands of ids in a condition, handed over as one parameter: a list of parameters costs more than the query.

On PostgreSQL it is `= ANY`, which goes by the index even before a table was ever analysed;
a subquery of the same ids made it read the whole ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Lookup, Q
from django.db.models.fields import Field


class Ids:
    """Whole numbers as one text, which Django does not look into: it would turn over each of them several times."""

    __slots__ = ("text",)

    def __init__(self, ids: Iterable[int]) -> None:
        self.text = ",".join(map(str, ids))


@Field.register_lookup
@ForeignKey.register_lookup
class Among(Lookup[Any]):
    """One of these ids."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s::bigint[])", (*params, f"{{{self.rhs.text}}}")
        return f"{left} IN (SELECT value FROM json_each(%s))", (*params, f"[{self.rhs.text}]")


def among(field: str, ids: Iterable[int]) -> Q:
    """The rows whose field is one of these ids."""
    return Q(**{f"{field}__among": Ids(ids)})


def as_parameter(ids: Iterable[int]) -> str:
    """For SQL by hand: what `json_each(%s)` takes on SQLite, and `unnest(%s::bigint[])` on PostgreSQL."""
    text = Ids(ids).text
    return f"{{{text}}}" if connection.vendor == "postgresql" else f"[{text}]"
