"""`reif rebuild`: throw a projection away and make it again from the log."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    parser = commands.add_parser("rebuild", help="make a projection again from the log")
    parser.add_argument("name", nargs="?", help="which one; without it, the list")
    parser.set_defaults(run=rebuild)


def rebuild(given: argparse.Namespace) -> int:
    """Rebuild one projection, or name them all."""
    from reif.log import rebuild as building

    if given.name not in building.PROJECTIONS:
        print("Projections:", ", ".join(sorted(building.PROJECTIONS)))
        return 2 if given.name else 0
    print(f"{given.name}: rebuilt from {building.rebuild(given.name)} events")
    return 0
