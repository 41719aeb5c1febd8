"""`reif scoring progress|rebuild`: how far the reckoning of new scores has come, and to have it begin again."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    verbs = commands.add_parser("scoring", help="scores of everybody").add_subparsers(dest="verb", required=True)
    parser = verbs.add_parser("progress", help="how far the reckoning of a new scoring has come")
    parser.set_defaults(run=told)
    parser = verbs.add_parser("rebuild", help="reckon all scores anew from the log, beside those that count")
    parser.set_defaults(run=rebuild)


def told(_given: argparse.Namespace) -> int:
    """Print it."""
    from reif.qualify.publish.progress import progress

    found = progress()
    if found is None or found.state == "done":
        print("No scoring is being reckoned; the scores that you see are those of the playbook in force.")
    elif found.is_before:
        print(f"{found.revision}: {found.state}, {found.done:,} of {found.people:,} people; old scores count.")
    else:
        print(f"{found.revision} counts; {found.percent} % of the people are told.")
    return 0


def rebuild(_given: argparse.Namespace) -> int:
    """Ask the worker for it."""
    from reif.log.append import writing
    from reif.playbook.current import book
    from reif.qualify.publish.build import begin_anew
    from reif.qualify.scoring.in_force import alone

    with writing(), alone():
        begin_anew(book().revision, book().hash)
    print("The worker reckons all scores anew; the old ones count meanwhile. See: reif scoring progress")
    return 0
