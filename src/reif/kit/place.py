"""Where this installation keeps its files and its records, from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The folder of REIF_HOME (default ./var), made when missing."""
    folder = Path(os.environ.get("REIF_HOME", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """REIF_SECRET, or a key made once and kept in REIF_HOME/keys (mode 600)."""
    given = os.environ.get("REIF_SECRET")
    if given:
        return given
    folder = home() / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / "secret"
    try:
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()
