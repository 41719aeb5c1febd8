"""Every test asks the database which playbook is in force and begins in German; no property fails on a busy machine."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import settings

STARTED = time.time()

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    from django.conf import settings as django_settings
    from django.utils import translation

    from reif.playbook.current import forget

    forget()
    translation.activate(django_settings.LANGUAGE_CODE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the pictures of the browser tests are, when there are any from this run."""
    shots = Path(__file__).parent / "tests/browser/shots"
    fresh = [shot for shot in shots.glob("*.png") if shot.stat().st_mtime >= STARTED]
    if fresh:
        terminalreporter.write_line(f"{len(fresh)} screenshots in {shots.relative_to(Path(__file__).parent)}")
