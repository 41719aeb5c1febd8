"""Every test asks the database which playbook is in force and begins in German; no property fails on a busy machine.

Properties are tried with the same examples each time; REIF_TEST_ANEW=1 tries others.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import settings

STARTED = time.time()

settings.register_profile("house", deadline=None, derandomize=not os.environ.get("REIF_TEST_ANEW"))
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    from django.conf import settings as django_settings
    from django.utils import translation

    from reif.attract import house
    from reif.playbook.current import forget

    forget()
    house.forget()
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who counts queries gets the same number on a slow day: what is remembered for moments is asked once while counting."""
    from django.test.utils import CaptureQueriesContext

    from reif.attract import house
    from reif.playbook import current
    from reif.qualify.predict import foresee

    enter = CaptureQueriesContext.__enter__

    def held(counting: CaptureQueriesContext) -> CaptureQueriesContext:
        current.forget()
        house.forget()
        foresee.look_again()
        for room in (current, house, foresee):
            monkeypatch.setattr(room, "FRESH", float("inf"))
        return enter(counting)

    monkeypatch.setattr(CaptureQueriesContext, "__enter__", held)


UNFINISHED = Path(__file__).parent / "tests/unfinished.txt"


def unfinished() -> dict[str, str]:
    """What is not finished, by test, and why."""
    lines = [line for line in UNFINISHED.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


WITH_PROCESSES = ("tests/browser/", "tests/walks/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is not finished, with the reason; ask once more what waits for processes on a machine that is busy."""
    reasons = unfinished()
    for item in items:
        if item.nodeid.startswith(WITH_PROCESSES) or item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if why := reasons.get(item.nodeid):
            item.add_marker(pytest.mark.skip(reason=f"unfinished: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the pictures of the browser tests are, when there are any from this run."""
    for test, why in unfinished().items():
        terminalreporter.write_line(f"UNFINISHED, skipped: {test}: {why}")
    shots = Path(__file__).parent / "tests/browser/shots"
    fresh = [shot for shot in shots.glob("*.png") if shot.stat().st_mtime >= STARTED]
    if fresh:
        terminalreporter.write_line(f"{len(fresh)} screenshots in {shots.relative_to(Path(__file__).parent)}")
