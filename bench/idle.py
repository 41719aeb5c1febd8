"""What does a house cost in which nothing happens? Processor time of `reif up`, by process, in the SECONDS after it has come to rest.

The limit, measured in the same run: a thread that asks the database every 20 ms whether something was committed, and does
nothing else. How soon the worker is there when something happens is measured by reaction.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench._engines import line, on_both
from tests.walks.house import House

SECONDS, TARGET = float(os.environ.get("SECONDS", 60)), 2.0
_TICK = os.sysconf("SC_CLK_TCK")
_ASK = """
import os, sys, time
if sys.argv[2]:
    import psycopg
    ask = psycopg.connect(sys.argv[2], autocommit=True).execute
else:
    import sqlite3
    ask = sqlite3.connect(os.path.join(sys.argv[1], "reif.sqlite3")).execute
before, end = time.process_time(), time.monotonic() + float(sys.argv[3])
while time.monotonic() < end:
    ask("SELECT max(id) FROM log_event" if sys.argv[2] else "PRAGMA data_version").fetchone()
    time.sleep(0.02)
print(time.process_time() - before)
"""


def bench(engine: str) -> None:
    house = House(Path(os.environ["REIF_HOME"]), os.environ.get("DATABASE_URL", ""), None)
    house.run("migrate")
    try:
        house.start()
        processes = at_rest(house)
        before = {name: spent(pid) for name, pid in processes.items()}
        asking = [sys.executable, "-c", _ASK, str(house.home), house.env["DATABASE_URL"], str(SECONDS)]
        limit = float(subprocess.run(asking, capture_output=True, text=True, check=True).stdout)
        used = {
            name: tuple(b - a for a, b in zip(before[name], spent(pid), strict=True)) for name, pid in processes.items()
        }
    finally:
        house.stop()
    share, least = 100 * used["work"][0] / SECONDS, 100 * limit / SECONDS
    line(f"idle, {engine}: reif work", f"{share:.2f} % of a core", f"{least:.2f} %", share / max(least, 0.01),
         f"< {TARGET:.0f} %", share < TARGET)  # fmt: skip
    print("  " + "; ".join(f"{name} {100 * cpu / SECONDS:.2f} %, {turns / SECONDS:.0f} thread switches a second"
                          for name, (cpu, turns) in used.items()), flush=True)  # fmt: skip


def at_rest(house: House) -> dict[str, int]:
    """The processes by name, once the worker is quiet: after the first round its threads use next to nothing."""
    assert house.process
    found: dict[str, int] = {"up": house.process.pid}
    for pid in _below(house.process.pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        found.setdefault("work" if "work" in words else f"web {len(found)}", pid)
    before = -1.0
    while (now := spent(found["work"])[0]) - before > 0.1 or len(os.listdir(f"/proc/{found['work']}/task")) < 5:
        before = now
        time.sleep(5)  # the pace of looking, not a wait for a moment
    return found


def _below(pid: int) -> list[int]:
    children = [int(p) for task in Path(f"/proc/{pid}/task").iterdir() for p in (task / "children").read_text().split()]
    return children + [below for child in children for below in _below(child)]


def spent(pid: int) -> tuple[float, float]:
    """Processor seconds, and how often its threads have taken turns."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    turns = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        told = (task / "status").read_text().splitlines()
        turns += sum(int(one.split()[1]) for one in told if "ctxt_switches" in one)
    return (int(fields[11]) + int(fields[12])) / _TICK, float(turns)


if __name__ == "__main__":
    on_both(__file__, bench)
