"""What stands around every public page: who speaks there, and the calls that are switched on.

Asked for once in a tenth of a second, as the playbook is; who changes one of them says `forget`, so that this process
shows it at once and the others a moment later. What is given is shared by all threads: read it, never change it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Generic, TypeVar

from reif.attract.models import Call, Site
from reif.kit.clock import now

FRESH = 0.1  # seconds
T = TypeVar("T")


class _Held(Generic[T]):
    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._known: tuple[float, T] | None = None

    def get(self) -> T:
        known = self._known
        if known is None or monotonic() - known[0] >= FRESH:
            asked = monotonic()
            self._known = known = (asked, self._ask())
        return known[1]

    def forget(self) -> None:
        self._known = None


_site = _Held(lambda: Site.objects.first())
_calls = _Held(lambda: list(Call.objects.filter(live=True)))


def site() -> Site:
    """The one row; one without a name before there is any."""
    return _site.get() or Site(name="")


def running() -> list[Call]:
    """The calls that are on and within their time, the most important first."""
    moment = now()
    return [call for call in _calls.get() if _within(call, moment)]


def forget() -> None:
    """Ask the database next time; after a change, and between tests."""
    _site.forget()
    _calls.forget()


def _within(call: Call, moment: datetime) -> bool:
    return (call.starts_at is None or call.starts_at <= moment) and (call.ends_at is None or call.ends_at > moment)
