"""Hosts that send visits nobody made, to be seen in other people's numbers: a kept list, one host a line.

The package brings a short one. `reif update lists` puts a longer one into REIF_HOME/lists, which then counts instead.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reif.kit.place import home

KEPT = Path(__file__).with_suffix(".txt")
MOST_BYTES = 5_000_000
LEAST = 10
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


class BadList(ValueError):
    """What was read is no list of hosts; carries the sentence for people."""


def updated() -> Path:
    """Where the longer list lies."""
    return home() / "lists" / "spammers.txt"


@cache
def spammers() -> frozenset[str]:
    """The hosts, in small letters; read once a process. A list that cannot be read leaves the package's."""
    try:
        return hosts(updated().read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadList):
        return hosts(KEPT.read_text("utf-8"))


def hosts(text: str) -> frozenset[str]:
    """The hosts of a list: lower case, `#` begins a remark, names in other scripts as browsers send them. Raises BadList."""
    lines = [line.partition("#")[0].strip().lower() for line in text.splitlines()]
    named = [host for line in lines if line and (host := _ascii(line))]
    if len(named) < LEAST or len(named) < 0.9 * sum(map(bool, lines)):
        raise BadList("This is no list of hosts: it needs one host a line, like semalt.com.")
    return frozenset(named)


def update(text: str) -> tuple[int, int]:
    """Keep a new list; returns how many hosts it has, and how many of them are new. Raises BadList, then nothing changes."""
    found, before = hosts(text), spammers()
    file = updated()
    file.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text("\n".join(sorted(found)) + "\n", "utf-8")
    fresh.replace(file)
    spammers.cache_clear()
    return len(found), len(found - before)


def _ascii(host: str) -> str:
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    return name if _HOST.fullmatch(name) else ""
