"""How fast the door takes events, beside the limit measured in the same run.

The limit is the same granian server answering an empty 204 to the same requests. Rounds of limit and door take
turns, and the figures are medians, so that whatever else the machine does falls on both. PostgreSQL runs where
DATABASE_URL names one, else in a throw-away cluster of Debian's pg_virtualenv (fsync on), where that is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from reif.door.keys import Keys  # noqa: E402
from reif.door.place import Place  # noqa: E402
from reif.door.spool import Spool  # noqa: E402
from reif.door.store import open_store  # noqa: E402

KEY = "BENCHKEY"
CONNECTIONS = 64
SHARE = {"sqlite": 0.40, "postgresql": 0.30}
P99 = 80.0
BATCH, BATCHED = 100, 30_000
SERVER = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--port"]


@contextmanager
def serving(app: str, port: int, place: Place) -> Iterator[None]:
    """A granian server of one worker, as `reif web` runs it."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "bench")])
    own = {"REIF_HOME": str(place.home), "DATABASE_URL": place.database_url, "PYTHONPATH": paths}
    own["REIF_SPOOL_BYTES"] = str(1 << 40)
    log = (place.home / f"{port}.log").open("wb")
    server = subprocess.Popen([*SERVER, str(port), app], env={**os.environ, **own}, stdout=log, stderr=log)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def load(port: int, path: str, batch: int, seconds: float, connections: int = CONNECTIONS) -> dict[str, float]:
    """One round of load; every answer must be good."""
    command = [sys.executable, str(ROOT / "bench" / "_door_load.py"), str(port), path]
    done = subprocess.run(
        [*command, str(batch), str(connections), str(seconds)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    if found["bad"] and port % 2:
        raise SystemExit(f"{found['bad']:.0f} of {found['requests']:.0f} answers were no success")
    return found


def rate(found: dict[str, float], events: int = 1) -> float:
    return found["requests"] * events / found["seconds"]


def measure(engine: str, place: Place, port: int, rounds: int, seconds: float) -> bool:
    """One engine: prints its figures beside the limit; False when one misses what is asked."""
    store = open_store(place)
    Keys(store).issue("default", KEY)
    door, empty = port, port + 1
    with serving("reif.door.app:door", door, place), serving("_door_empty:app", empty, place):
        for warm in (door, empty):
            load(warm, "/v1/track", 0, 0.5)
        limits, doors = [], []
        for _ in range(rounds):
            limits.append(load(empty, "/v1/track", 0, seconds))
            doors.append(load(door, "/v1/track", 0, seconds))
        batches = [load(door, "/v1/batch", BATCH, seconds, 8) for _ in range(rounds)]
    ratio = statistics.median(rate(d) / rate(e) for d, e in zip(doors, limits, strict=True))
    p99 = statistics.median(d["p99"] for d in doors)
    events = statistics.median(rate(b, BATCH) for b in batches)
    limit, single = statistics.median(map(rate, limits)), statistics.median(map(rate, doors))
    share = SHARE[engine]
    good = [ratio >= share, p99 < P99, engine != "sqlite" or events >= BATCHED]
    print(f"door on {engine}: {CONNECTIONS} connections, one event a request, durable")
    print(f"  limit (empty 204)   {limit:>10,.0f} requests/s")
    print(f"  door                {single:>10,.0f} requests/s")
    print(f"  ratio               {ratio:>10.1%}  asked {share:.0%}  {'ok' if good[0] else 'MISSED'}")
    print(f"  p99                 {p99:>10.1f} ms  asked < {P99:.0f} ms  {'ok' if good[1] else 'MISSED'}")
    asked = f"asked {BATCHED:,}  {'ok' if good[2] else 'MISSED'}" if engine == "sqlite" else ""
    print(f"  batches of {BATCH}      {events:>10,.0f} events/s  {asked}")
    store.close()
    check_kept(place, sum(d["requests"] for d in doors) + BATCH * sum(b["requests"] for b in batches))
    return all(good)


def check_kept(place: Place, acknowledged: float) -> None:
    """What was acknowledged is in the spool: the figures would mean nothing otherwise."""
    spool = Spool(open_store(place))
    kept = 0
    while rows := spool.read(1000, max_bytes=64_000_000):
        kept += sum(row.events.count(b"\n") + 1 for row in rows)
        spool.delete([row.id for row in rows])
    spool.close()
    print(f"  in the spool        {kept:>10,} events ({acknowledged:,.0f} and the warm-up were acknowledged)")
    if kept < acknowledged:
        raise SystemExit("the spool lost events")


def under_pg_virtualenv(arguments: list[str]) -> bool:
    """Run this file again inside a throw-away cluster that syncs to disk."""
    script = (
        'export DATABASE_URL="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"; '
        'exec "$0" "$@" --engine postgresql'
    )
    command = ["pg_virtualenv", "-t", "-o", "fsync=on", "sh", "-c", script, sys.executable, __file__, *arguments]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--port", type=int, default=8111, help="an odd port; the next one is used too")
    given = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    good = True
    with tempfile.TemporaryDirectory(prefix="reif-bench-") as folder:
        if given.engine in ("sqlite", "both"):
            good &= measure("sqlite", Place(home=Path(folder)), given.port, given.rounds, given.seconds)
        if given.engine in ("postgresql", "both"):
            again = ["--rounds", str(given.rounds), "--seconds", str(given.seconds), "--port", str(given.port)]
            if url.startswith("postgres"):
                place = Place(home=Path(folder), database_url=url)
                good &= measure("postgresql", place, given.port, given.rounds, given.seconds)
            elif shutil.which("pg_virtualenv"):
                good &= under_pg_virtualenv(again)
            else:
                print("door on postgresql: SKIPPED, neither DATABASE_URL nor pg_virtualenv is there")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
