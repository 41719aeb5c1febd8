"""How long transactions hold what they have, for others wait that long."""

from __future__ import annotations

import time
from typing import Any


class Held:
    """How long each transaction of a block held what it had, from its beginning to its commit; in processor seconds on SQLite,
    which does it all in this process, so that a busy machine does not count.
    """

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._began = 0.0

    def __enter__(self) -> Held:
        from django.db import connection

        self._usual = usual = connection.set_autocommit

        clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter

        def noted(autocommit: bool, *more: Any, **named: Any) -> None:
            if autocommit:
                self.seconds.append(clock() - self._began)
            usual(autocommit, *more, **named)
            self._began = clock()

        connection.set_autocommit = noted  # type: ignore[method-assign]
        return self

    def __exit__(self, *_error: object) -> None:
        from django.db import connection

        connection.set_autocommit = self._usual  # type: ignore[method-assign]
