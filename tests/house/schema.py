"""`python -m tests.house.schema [each]`: make all tables of an empty database, and print what is there now as JSON.

each: by applying every migration.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False, each="each" in sys.argv)
    there = connection.introspection
    with connection.cursor() as cursor:
        found = {
            table: {
                "columns": sorted(map(_column, there.get_table_description(cursor, table))),
                "rules": sorted(_rule(*rule) for rule in there.get_constraints(cursor, table).items()),
                "rows": _rows(cursor, table),
            }
            for table in there.table_names(cursor)
        }
    json.dump(found, sys.stdout)


def _column(column: Any) -> str:
    """Django's own tables of pairs get a wider number from their migration; nobody asks for it."""
    name, *rest = tuple(column)[:7]
    return str((name, *(rest[3:] if name == "id" else rest)))


def _rule(name: str, rule: dict[str, Any]) -> str:
    """SQLite numbers its foreign keys, and checks without a name, in the order in which they came."""
    numbered = rule["foreign_key"] or name.startswith("__unnamed")
    return str(sorted((rule | {"name": "" if numbered else name}).items()))


def _rows(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
    return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
