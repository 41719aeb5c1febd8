"""`reif explain touch`: what a visit would be counted as, and why, as JSON."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec


def add(commands: Any) -> None:
    subjects = commands.add_parser("explain", help="say why").add_subparsers(dest="subject", required=True)
    parser = subjects.add_parser("touch", help="source, campaign, bot or not")
    parser.add_argument("--url", required=True, help="the address that was visited, with its query")
    parser.add_argument("--referrer", default="", help="where the visit came from")
    parser.add_argument("--agent", default="", help="the browser's User-Agent")
    parser.set_defaults(run=touch)


def touch(given: argparse.Namespace) -> int:
    """Print the touch."""
    from reif.capture.sources.source import touch as classify

    found = classify(given.url, given.referrer, given.agent)
    print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    return 0
