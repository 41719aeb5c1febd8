"""Every test asks the database which playbook is in force; and no property fails because the machine is busy."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _no_playbook_remembered() -> None:
    from reif.playbook.current import forget

    forget()
