"""One of something for each database file in each process, made when it is first asked for; a child of the process begins anew."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerFile(Generic[T]):
    """make: from the path of the file. drop: what a child does with its copies of its parent's."""

    def __init__(self, make: Callable[[str], T], drop: Callable[[T], object] = lambda _one: None) -> None:
        self._make, self._drop = make, drop
        self._made: dict[str, T] = {}
        self._making = threading.Lock()
        os.register_at_fork(after_in_child=self._forked)

    def of(self, database: str) -> T:
        """The one of this file."""
        with self._making:
            if database not in self._made:
                self._made[database] = self._make(database)
            return self._made[database]

    def _forked(self) -> None:
        for one in self._made.values():
            self._drop(one)
        self._made.clear()
        self._making = threading.Lock()
