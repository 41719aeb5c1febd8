"""Django's `migrate`, which first looks whether there is anything to carry over from step to step."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from reif.log.tables import is_current, is_empty, make_tables


class Command(migrate.Command):
    """An empty database gets its tables at once, and one that is up to date is left alone."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--each", action="store_true", help="apply each migration, whatever the database is like")

    def handle(self, *args: Any, **options: Any) -> None:
        asks_more = options["app_label"] or options["plan"] or options["fake"] or options["check_unapplied"]
        connection = connections[options["database"]]
        if asks_more or options["each"] or options["verbosity"] > 1:
            super().handle(*args, **options)
        elif is_empty(connection):
            make_tables(connection)
        elif not is_current(connection):
            super().handle(*args, **options)
