"""`reif writekey`: the key under which other software sends events."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    commands.add_parser("writekey", help="print the write key of the default site").set_defaults(run=writekey)


def writekey(given: argparse.Namespace) -> int:
    """Print the key; it is made at the first call."""
    from reif.door.keys import default_key

    print(default_key())
    return 0
