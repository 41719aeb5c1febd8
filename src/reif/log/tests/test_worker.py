"""A worker with nothing to do asks nothing of the records, and still sees what comes from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.log.waking import Doorbell
from reif.log.worker import _rest


@pytest.fixture
def bell() -> Iterator[Doorbell]:
    bell = Doorbell()
    assert bell.wait(10, threading.Event())  # it rings once it watches
    yield bell
    bell.close()


@pytest.mark.django_db
def test_rest_ends_with_what_comes_from_outside(bell: Doorbell) -> None:
    asked: list[int] = []

    def outside() -> bool:
        asked.append(1)
        return len(asked) == 3

    with CaptureQueriesContext(connection) as queries:
        _rest(bell, threading.Event(), outside)
    assert len(asked) == 3
    assert [one["sql"] for one in queries] == []


@pytest.mark.django_db
def test_rest_is_over_after_a_round_without_a_bell(bell: Doorbell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reif.log.worker.ROUND", 0.2)
    looks: list[int] = []
    _rest(bell, threading.Event(), lambda: bool(looks.append(1)))
    assert 1 <= len(looks) <= 20


@pytest.mark.django_db
def test_who_is_told_to_stop_does_not_rest(bell: Doorbell) -> None:
    stop = threading.Event()
    stop.set()
    _rest(bell, stop, lambda: pytest.fail("nobody is asked any more"))
