"""`reif demo`: the sample company with a year of history, served."""

from __future__ import annotations

import argparse
import os
from typing import Any

from reif.cli.serve import listening, migrate, up


def add(commands: Any) -> None:
    parser = commands.add_parser("demo", help="load the sample company and serve it")
    listening(parser)
    parser.add_argument("--no-serve", action="store_true", help="load only")
    parser.add_argument("--people", type=int, default=800, help="how many people in the year of history")
    parser.add_argument("--seed", type=int, default=20, help="another number makes another history")
    parser.set_defaults(run=demo)


def demo(given: argparse.Namespace) -> int:
    """Fill an empty database, print one sign-in for each role, and serve."""
    migrate(given)
    os.environ.setdefault("REIF_BASE_URL", f"http://localhost:{given.port}")
    from reif.demo.load import load, loaded

    if loaded():
        print("The demo is loaded already.")
    else:
        load(seed=given.seed, people=given.people, say=print)
    base = os.environ["REIF_BASE_URL"]
    password = os.environ.get("REIF_DEMO_PASSWORD", "reif-demo")
    print(f"\nReif runs at {base} and the demo company's site at {base}/site\n")
    for role in ("admin", "marketing", "manager", "seller", "analyst"):
        print(f"  {role + '@demo.example':26} {password}")
    print(flush=True)
    return 0 if given.no_serve else up(given)
