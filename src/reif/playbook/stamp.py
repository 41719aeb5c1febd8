"""From which revision a folder was made: a hidden file beside the sections, so that nobody overwrites what came since."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

FILE = ".revision"


def stamp(folder: Path, hash_: str) -> None:
    """The folder says what this revision says. A folder that cannot be written to stays as it is."""
    with suppress(OSError):
        (folder / FILE).write_text(hash_ + "\n", encoding="utf-8")


def stamped(folder: Path) -> str:
    """The hash of the revision; empty when the folder does not say."""
    file = folder / FILE
    return file.read_text(encoding="utf-8", errors="replace").strip() if file.is_file() else ""
