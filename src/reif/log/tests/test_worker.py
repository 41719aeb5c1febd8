"""A worker with nothing to do asks nothing of the records, and still sees at once what comes, from wherever."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.kit.clock import now
from reif.log.clock import cancel, fire_due, wake
from reif.log.outbox import effect, enqueue, waiting
from reif.log.waking import Doorbell, again_in, ring, soonest
from reif.log.worker import ROUND, _until_stopped

pytestmark = pytest.mark.django_db
LONG = 30.0


@pytest.fixture
def outside() -> threading.Event:
    """Whether something waits where no commit is seen."""
    return threading.Event()


@pytest.fixture
def bell(outside: threading.Event) -> Iterator[Doorbell]:
    bell = Doorbell(outside=outside.is_set)
    assert bell.wait(LONG, threading.Event())  # it rings once it watches
    yield bell
    bell.close()


def test_rest_ends_with_what_comes_from_outside(bell: Doorbell, outside: threading.Event) -> None:
    with CaptureQueriesContext(connection) as queries:
        outside.set()
        assert bell.wait(LONG, threading.Event())
    assert [one["sql"] for one in queries] == []


def test_what_comes_from_outside_rings_for_nobody_else(bell: Doorbell, outside: threading.Event) -> None:
    other = Doorbell()
    assert not other.wait(0, threading.Event())
    outside.set()
    assert bell.wait(LONG, threading.Event())
    assert not other.wait(0, threading.Event())
    other.close()


def test_rest_is_over_after_its_time_without_a_bell(bell: Doorbell) -> None:
    assert not bell.wait(0.01, threading.Event())


def test_who_is_told_to_stop_does_not_rest(bell: Doorbell) -> None:
    stop = threading.Event()
    stop.set()
    assert not bell.wait(LONG, stop)


def test_who_is_told_to_stop_while_it_rests_is_woken(bell: Doorbell) -> None:
    stop, steps = threading.Event(), []

    def step() -> bool:
        steps.append(1)
        threading.Timer(0.01, lambda: (stop.set(), ring())).start()
        return False

    began = time.monotonic()
    _until_stopped(step, stop, "test", bell)
    assert steps
    assert time.monotonic() - began < ROUND


def test_the_soonest_moment_that_was_asked_for_is_kept_once() -> None:
    again_in(7)
    again_in(3)
    again_in(5)
    assert soonest(ROUND) == 3
    assert soonest(ROUND) == ROUND


def test_timers_say_when_they_are_due_instead_of_being_asked() -> None:
    cancel("test", 1)
    wake("test", at=now() + timedelta(seconds=4), about=1)
    assert not fire_due()
    assert 3 < soonest(ROUND) <= 4
    cancel("test", 1)
    assert not fire_due()
    assert soonest(ROUND) == ROUND


def test_effects_of_later_are_asked_for_each_second_and_none_at_all_are_not() -> None:
    assert not waiting("test")
    assert soonest(ROUND) == ROUND
    enqueue([effect("test:1", "test", not_before=now() + timedelta(minutes=1))])
    assert not waiting("test")
    assert soonest(ROUND) == 1
