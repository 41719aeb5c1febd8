"""What the house tests look at: our own files."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "reif"
PHASES = ("attract", "capture", "qualify", "nurture", "route", "close", "analyse")


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows, or would know: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def python() -> list[Path]:
    return [p for p in tracked("src/*.py", "bench/*.py", "tools/*.py", "tests/*.py") if "migrations" not in p.parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
