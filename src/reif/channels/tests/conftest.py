"""A house that may write at any hour, for tests that are not about hours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reif.channels.compile_mails import print_all
from reif.channels.mails import Hours, Limits, Mails
from reif.channels.tests.letters import texts
from reif.playbook.apply import apply
from reif.playbook.draft import Draft

InForce = Callable[[Mails], None]
ANY_TIME = Limits(most=100, days=7, hours=Hours(0, 24))


@pytest.fixture
def in_force(db: None) -> InForce:
    """Two mails, `news` and `confirm`, printed; call it to put others in force."""

    def put(mails: Mails) -> None:
        revision = apply(Draft.of(mails=mails))
        print_all(mails, revision.id)

    put(texts(limits=ANY_TIME))
    return put
