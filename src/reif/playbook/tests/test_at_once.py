"""Two people publish in the same moment: one succeeds, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from reif.playbook.apply import Overtaken, apply
from reif.playbook.current import forget
from reif.playbook.draft import Draft
from reif.playbook.models import Activation
from reif.playbook.tests.sections import Routes, known_sections  # noqa: F401


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test database of SQLite lives in one connection")
@pytest.mark.usefixtures("known_sections")
def test_one_of_two_is_told() -> None:
    start = Barrier(2)

    def publish(team: str) -> str:
        try:
            start.wait()
            return apply(Draft.of(routes=Routes(team=team)), expected=0).short
        except Overtaken:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(publish, ["nord", "sued"]))
    forget()
    assert answers.count("told") == 1
    assert Activation.objects.count() == 1
