"""Every test gets its own home folder; nothing it does touches the developer's data."""

from __future__ import annotations

import os
import tempfile

import pytest

os.environ.setdefault("REIF_HOME", tempfile.mkdtemp(prefix="reif-test-"))
os.environ.pop("EMAIL_URL", None)


@pytest.fixture(autouse=True)
def _no_playbook_of_another_test() -> None:
    """What is in force is remembered for a tenth of a second; the next test begins before that."""
    from reif.playbook.current import forget

    forget()
