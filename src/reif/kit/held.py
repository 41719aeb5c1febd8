"""Rows that almost every page asks for and almost nobody changes: asked for once in a tenth of a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

FRESH = 0.1  # seconds
T = TypeVar("T")
_all: list[Held[Any]] = []


class Held(Generic[T]):
    """What `ask` answers. This process asks again at once after a save of one of the models, others soon after.

    What it gives is shared by all threads: read it, never change it.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._known: tuple[float, T] | None = None
        _all.append(self)

    def now(self) -> T:
        known = self._known
        if known is None or time.monotonic() - known[0] >= FRESH:
            self._known = known = (time.monotonic(), self._ask())
        return known[1]

    def forget(self, **_signal: Any) -> None:
        self._known = None

    def follow(self, *models: type[Model]) -> None:
        """Ask again after one of these was saved or deleted here."""
        for model in models:
            post_save.connect(self.forget, sender=model)
            post_delete.connect(self.forget, sender=model)


def forget_held() -> None:
    """Ask the database for everything next time; between tests."""
    for one in _all:
        one.forget()
