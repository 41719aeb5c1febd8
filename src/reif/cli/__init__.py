"""The command `reif`: one module for each word that can follow it.

Hears what is typed; says what it did, and what to do when it could not.
Each module has `add(commands)`, which describes its options, and a function that runs it.
Django is set up before a command runs, so that modules import at their top only what needs no set-up.
Nothing here decides anything about leads: it calls the verbs of the rooms.
"""

from __future__ import annotations

import argparse
import os
import sys


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    from reif.cli import (
        consent,
        demo,
        doctor,
        explain,
        imports,
        keys,
        playbook,
        predict,
        records,
        scoring,
        serve,
        update,
    )

    reif = argparse.ArgumentParser(prog="reif", description="Self-hosted lead management.")
    commands = reif.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (serve, demo, playbook, imports, explain, keys, records, consent, predict, scoring, doctor, update):
        module.add(commands)
    return reif


def main(argv: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reif.settings")
    given = parser().parse_args(argv)
    if getattr(given, "pooled", False):  # now: the settings are read once, and granian's processes inherit them
        os.environ.setdefault("REIF_POOL", "1")
    import django

    django.setup()
    sys.exit(given.run(given) or 0)
