"""Tells when a file in a folder was written to, without looking again and again: what Linux calls inotify."""

from __future__ import annotations

import ctypes
import os
import select
from contextlib import suppress

_MODIFIED = 0x2
_BYTES = 1 << 16


class Written:
    """Watches the files of a folder, not those of folders in it."""

    def __init__(self, folder: str) -> None:
        self._file = _watched(folder)

    def wait(self, seconds: float) -> bool:
        """Whether something was written since the last time, at once or within so long. True, too, where nobody can tell."""
        if self._file is None:
            return True
        if not select.select([self._file], [], [], seconds)[0]:
            return False
        with suppress(BlockingIOError):
            while os.read(self._file, _BYTES):
                pass
        return True

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _watched(folder: str) -> int | None:
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "inotify_init1") or not os.path.isdir(folder):
        return None
    file: int = system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if file >= 0 and system.inotify_add_watch(file, os.fsencode(folder), _MODIFIED) >= 0:
        return file
    if file >= 0:
        os.close(file)
    return None
