"""Database functions that the rules need: exact substrings, the domain of an address."""

from __future__ import annotations

from typing import Any

from django.db import models

from reif.crm.folded import Prefix


class Holds(models.Lookup[str]):
    """`column__holds="mue"`: contains, letter for letter (LIKE on SQLite would fold ASCII)."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        find = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
        return f"({find}({left}, {right}) > 0)", [*left_params, *right_params]


class MailDomain(models.Transform):
    """`email__mail_domain`: what follows the first @."""

    lookup_name = "mail_domain"

    @property
    def output_field(self) -> models.CharField[str, str]:
        return models.CharField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        left, params = compiler.compile(self.lhs)
        find = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
        return f"SUBSTR({left}, {find}({left}, '@') + 1)", [*params, *params]


def register() -> None:
    """Make them known to Django; once, when the room is ready."""
    for lookup in (Holds, Prefix):
        models.CharField.register_lookup(lookup)
    models.CharField.register_lookup(MailDomain)
