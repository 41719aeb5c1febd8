"""Debian's Chromium, and how it is started where nobody sees it."""

from __future__ import annotations

from pathlib import Path

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
_PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


def found() -> str | None:
    """Where it is; None where it is not installed."""
    return next((path for path in _PLACES if Path(path).exists()), None)
