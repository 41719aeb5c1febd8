"""`reif doctor`: is everything well, and what to do when it is not."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from typing import Any

from reif.cli.lawful import lawful

MEGABYTE = 1024 * 1024
Finding = tuple[bool, str, str]


def add(commands: Any) -> None:
    commands.add_parser("doctor", help="check database, queues, disk and mail").set_defaults(run=doctor)


def doctor(given: argparse.Namespace) -> int:
    """Print a line for each check; the exit code is 1 when one failed."""
    well = True
    for good, what, remedy in _findings():
        well = well and good
        print(f"{'ok  ' if good else 'BAD '} {what}{'' if good else f' → {remedy}'}")
    return 0 if well else 1


def _findings() -> Iterator[Finding]:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    connection.ensure_connection()
    yield True, f"database: {connection.vendor}", ""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield not missing, f"tables: {len(missing)} changes missing", "run `reif migrate`"
    free = shutil.disk_usage(settings.REIF_HOME).free // MEGABYTE
    yield free > 500, f"disk: {free} MB free in {settings.REIF_HOME}", "make room; below 500 MB backups fail"
    yield True, f"mail: {'SMTP' if settings.EMAIL_URL else 'built-in mailbox, nothing leaves this machine'}", ""
    if not missing:
        yield from _queues()
        yield from lawful()
        yield from _sellers()


def _queues() -> Iterator[Finding]:
    from reif.kit.clock import now
    from reif.log.models import Effect, Stuck, Timer

    stuck = Stuck.objects.filter(done_at=None).count()
    yield not stuck, f"stuck events: {stuck}", "open /stuck, read the error, retry or let go"
    late = Timer.objects.filter(at__lt=now()).count()
    yield late < 1000, f"timers that are due: {late}", "is `reif work` running?"
    waiting = Effect.objects.filter(state=Effect.READY, not_before__lte=now()).count()
    yield waiting < 10_000, f"effects waiting: {waiting}", "is `reif work` running, and does the mail server answer?"
    unknown = Effect.objects.filter(state=Effect.UNKNOWN).count()
    yield not unknown, f"mails with unknown outcome: {unknown}", "open /mailbox and decide"


def _sellers() -> Iterator[Finding]:
    """Whether each rule of routing has somebody to choose from."""
    from django.db import transaction

    from reif.kit.clock import now
    from reif.playbook.current import current
    from reif.route.crew import Crew

    rules = current("routing").all_rules()
    with transaction.atomic():
        crew = Crew(rules, (), now())
    empty = [rule.key for rule in rules if not crew.of(rule)]
    words = f"routing rules without a seller: {', '.join(empty) or 'none'}"
    yield not empty, words, "name a team or people that exist, are active and sell"
