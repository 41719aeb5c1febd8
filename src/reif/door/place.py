"""Where the spool is and how full it may get, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from reif.kit.place import home


class Place(Struct, frozen=True):
    """A store's address: PostgreSQL when `database_url` is set, else a SQLite file in `home`."""

    home: Path
    database_url: str = ""
    max_rows: int = 1_000_000
    max_bytes: int = 1 << 30

    @property
    def file(self) -> Path:
        return self.home / "spool.sqlite3"


def here() -> Place:
    """The place that REIF_HOME, DATABASE_URL, REIF_SPOOL_ROWS and REIF_SPOOL_BYTES name."""
    return Place(
        home=home(),
        database_url=os.environ.get("DATABASE_URL", ""),
        max_rows=int(os.environ.get("REIF_SPOOL_ROWS", "1_000_000")),
        max_bytes=int(os.environ.get("REIF_SPOOL_BYTES", str(1 << 30))),
    )
