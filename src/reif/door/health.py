"""Is it alive, and how long does work wait? For people, load balancers and Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .answers import Answer, encode
from .commit import Committer
from .spool import Depth

Ages = Callable[[], dict[str, float]]
_providers: list[Ages] = []
_TEXT = ((b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),)


def also(ages: Ages) -> None:
    """Let a further part of the system show how many seconds its queues lag, by name. It must not raise."""
    if ages not in _providers:
        _providers.append(ages)


def health(committer: Committer) -> Answer:
    """Queue depth and ages as JSON; 503 when the spool cannot be asked."""
    ok = committer.measure()
    rows, size, age = committer.depth
    found: dict[str, Any] = {
        "ok": ok,
        "spool": {"rows": rows, "bytes": size, "oldest_seconds": round(age, 3)},
        "ages": {name: round(age, 3) for name, age in _further().items()},
    }
    return Answer(200 if ok else 503, encode(found))


def gauges(committer: Committer, counted: dict[str, int]) -> Answer:
    """Prometheus' text format."""
    committer.measure()
    lines = [f"{name} {value}" for name, value in sorted(counted.items())]
    lines += [
        f"reif_door_commits_total {committer.commits}",
        f"reif_door_commit_failures_total {committer.failures}",
        f"reif_door_commit_seconds_total {committer.seconds:.6f}",
        *_depth(committer.depth),
        *(f'reif_queue_age_seconds{{queue="{name}"}} {age:.3f}' for name, age in sorted(_further().items())),
    ]
    return Answer(200, ("\n".join(lines) + "\n").encode(), _TEXT)


def _depth(depth: Depth) -> list[str]:
    return [
        f"reif_door_spool_rows {depth.rows}",
        f"reif_door_spool_bytes {depth.bytes}",
        f"reif_door_spool_oldest_seconds {depth.oldest_age:.3f}",
    ]


def _further() -> dict[str, float]:
    return {name: age for ages in _providers for name, age in ages().items()}
