"""Every test asks the database which playbook is in force."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_playbook_remembered() -> None:
    from reif.playbook.current import forget

    forget()
