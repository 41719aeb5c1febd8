"""The files of a playbook in one archive."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from reif.playbook.stamp import FILE
from reif.playbook.write_toml import write_toml


def archive(said: dict[str, Any], hash_: str = "") -> bytes:
    """A zip with `<section>.toml` for each section that says something, and the revision that it is."""
    memory = BytesIO()
    with ZipFile(memory, "w", ZIP_DEFLATED) as files:
        for name, values in said.items():
            files.writestr(f"{name}.toml", write_toml(values))
        if hash_:
            files.writestr(FILE, hash_ + "\n")
    return memory.getvalue()
