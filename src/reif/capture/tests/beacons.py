"""Events as the door writes them down, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from reif.capture.web.ingest import take
from reif.door.canonical import Canonical, Context
from reif.kit.clock import now

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
HOST = "https://www.talentwerk.example"
_numbers = count(1)


def a_beacon(kind: str = "view", path: str = "/preise", visitor: str = "v-1", *, at: datetime | None = None,
             level: str = "personal", more: dict[str, Any] | None = None, **around: Any) -> Canonical:  # fmt: skip
    """What t.js says. around: fields of the context."""
    moment = at or now()
    context = {"url": f"{HOST}{path}", "title": "Preise", "user_agent": CHROME, "consent": level, "library": "t.js"}
    return Canonical(
        message_id=f"m-{next(_numbers)}", type="beacon", at=moment, received_at=moment, site="default",
        anonymous_id=visitor if level == "personal" else None, event=kind, properties=more or {},
        context=Context(**(context | around)),
    )  # fmt: skip


def an_identify(user: str | None = "u-1", email: str = "", visitor: str | None = None, **more: Any) -> Canonical:
    """What a library says at a login."""
    moment = now()
    traits = {"email": email} if email else {}
    return Canonical(
        message_id=f"m-{next(_numbers)}", type="identify", at=moment, received_at=moment, site="default", user_id=user,
        anonymous_id=visitor, traits=traits, **more,
    )  # fmt: skip


def an_alias(previous: str, user: str) -> Canonical:
    """What a library says when an anonymous id turns out to be a user."""
    moment = now()
    return Canonical(
        message_id=f"m-{next(_numbers)}", type="alias", at=moment, received_at=moment, site="default", user_id=user,
        previous_id=previous,
    )  # fmt: skip


def tell(*events: Canonical) -> None:
    """Into the log, in one go."""
    take(list(events))


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)
