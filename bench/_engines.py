"""Run a benchmark once on SQLite and once on a throw-away PostgreSQL, each in a process and a home folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent


def on_both(file: str, bench: Callable[[str], None], variants: Sequence[str] = ("",)) -> None:
    """Call it as the last line: starts this file again for each engine, and there runs `bench(engine)`.

    BENCH_ENGINES names them when not both are wanted. variants: the same several times, each in a process of its own that finds its variant in BENCH_VARIANT.
    """
    if engine := os.environ.get("BENCH_ENGINE"):
        bench(engine)
        return
    engines = os.environ.get("BENCH_ENGINES", "sqlite postgresql").split()
    sys.exit(max(_again(file, engine, variant) for engine in engines for variant in variants))


def _again(file: str, engine: str, variant: str) -> int:
    with tempfile.TemporaryDirectory(prefix="reif-bench-") as home:
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "EMAIL_URL")}
        path = f"{ROOT / 'src'}:{ROOT}"
        env |= {
            "BENCH_ENGINE": engine,
            "BENCH_VARIANT": variant,
            "REIF_HOME": home,
            "PYTHONPATH": path,
            "DJANGO_SETTINGS_MODULE": "reif.settings",
        }
        command = [sys.executable, file, *sys.argv[1:]]
        if engine == "postgresql":
            url = "postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
            command = ["pg_virtualenv", "-t", "sh", "-c", f'DATABASE_URL={url} exec "$0" "$@"', *command]
        return subprocess.call(command, env=env, cwd=ROOT)


def set_up() -> None:
    """Django ready and every table made."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def line(what: str, figure: str, limit: str, ratio: float, target: str, met: bool) -> None:
    """One result: the figure, the limit of the same run, the ratio, and the target."""
    print(
        f"{what:<44} {figure:>16}   limit {limit:>16}   ratio {ratio:5.2f}   target {target:<10} {'ok' if met else 'MISSED'}",
        flush=True,
    )
