"""The turn of writers to SQLite over threads and processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError

from reif.log.sqlite.turn import Turn

HOLDER = """
import sys, time
from reif.log.sqlite.turn import Turn
turn = Turn(sys.argv[1])
turn.take(5)
print("mine", flush=True)
time.sleep(float(sys.argv[2]))
"""

FORKED = """
import os, sys
from django.db import OperationalError
from reif.log.sqlite.turn import turn_of
turn_of(sys.argv[1]).take(5)
said = ["parent has it"]
there, here = os.pipe(), os.pipe()
if os.fork() == 0:
    try:
        turn_of(sys.argv[1]).take(0.05)
    except OperationalError:
        os.write(there[1], b"child is refused")
    os.read(here[0], 1)
    turn_of(sys.argv[1]).take(5)
    os.write(there[1], b"child has it")
    os._exit(0)
said.append(os.read(there[0], 99).decode())
turn_of(sys.argv[1]).give()
said.append("parent has given")
os.write(here[1], b".")
said.append(os.read(there[0], 99).decode())
print("; ".join(said))
"""


def env() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def holder(place: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that has the turn by now."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place), str(seconds)], stdout=subprocess.PIPE, text=True, env=env()
    )
    assert process.stdout and process.stdout.readline() == "mine\n"
    return process


def test_one_process_has_the_turn_and_the_other_waits_no_longer_than_it_may(tmp_path: Path) -> None:
    process = holder(tmp_path / "db", 60)
    try:
        turn = Turn(str(tmp_path / "db"))
        with pytest.raises(OperationalError, match="locked"):
            turn.take(0.05)
    finally:
        process.kill()
        process.communicate()
    turn.take(5)  # whoever dies gives it back
    turn.give()


def test_who_writes_without_a_pause_lets_others_in_between(tmp_path: Path) -> None:
    greedy, modest = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    stop, turns = threading.Event(), 0

    def write_on_and_on() -> None:
        nonlocal turns
        while not stop.is_set():
            greedy.take(5)
            turns += 1
            time.sleep(0.005)
            greedy.give()

    worker = threading.Thread(target=write_on_and_on)
    worker.start()
    try:
        before = turns
        for _n in range(10):
            modest.take(5)
            modest.give()
        assert turns - before <= 40  # ten goes cost the other one some turns, not hundreds
    finally:
        stop.set()
        worker.join()


def test_a_child_that_was_forked_leaves_the_turn_to_its_parent(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", FORKED, str(tmp_path / "db")], env=env(), capture_output=True, text=True
    )
    assert child.stdout == "parent has it; child is refused; parent has given; child has it\n", child.stderr
