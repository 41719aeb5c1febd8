"""`reif update lists`: the kept lists, anew from a file or from the address in REIF_SPAM_LIST."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import httpx

NOTHING = "Nothing to read: give --from FILE or --from https://…, or set REIF_SPAM_LIST."


def add(commands: Any) -> None:
    subjects = commands.add_parser("update", help="keep lists fresh").add_subparsers(dest="subject", required=True)
    lists = subjects.add_parser("lists", help="hosts that send visits nobody made")
    lists.add_argument("--from", dest="source", default="", help="a file or an address; default REIF_SPAM_LIST")
    lists.set_defaults(run=update_lists)


def update_lists(given: argparse.Namespace) -> int:
    """Read, check, and only then replace."""
    from reif.capture.sources.spammers import BadList, update

    source = given.source or os.environ.get("REIF_SPAM_LIST", "")
    try:
        if not source:
            raise BadList(NOTHING)
        number, new = update(_text(source))
    except (BadList, OSError, UnicodeDecodeError, httpx.HTTPError) as error:
        print(f"The list stays as it is. {error}", file=sys.stderr)
        return 1
    print(f"{number} hosts, {new} of them new. Running processes use them after a restart.")
    return 0


def _text(source: str) -> str:
    """The list as it is in a file or at an address."""
    from reif.capture.sources.spammers import MOST_BYTES, BadList

    if not source.startswith(("https://", "http://")):
        return Path(source).read_text("utf-8")
    with httpx.stream("GET", source, timeout=30, follow_redirects=True) as answer:
        answer.raise_for_status()
        body = b""
        for part in answer.iter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                raise BadList(f"It is larger than {MOST_BYTES:,} bytes.")
    return body.decode("utf-8")
