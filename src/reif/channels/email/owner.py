"""Who holds a claim: this process on this machine since this boot, never mistaken for a later one with its number."""

from __future__ import annotations

import os
import socket
from functools import lru_cache
from pathlib import Path


def boot() -> str:
    """Changes when the machine restarts, after which a journal that was not synced cannot be trusted."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:13]
    except OSError:
        return "unknown"


@lru_cache(maxsize=4)
def owner_of(pid: int) -> str:
    """`host:boot:pid:start`, at most 120 characters."""
    return f"{socket.gethostname()[:60]}:{boot()}:{pid}:{_started(pid)}"


def me() -> str:
    return owner_of(os.getpid())


def _started(pid: int) -> str:
    """Clock ticks since boot at which the process began; field 22 of /proc/<pid>/stat."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except OSError:
        return "0"
