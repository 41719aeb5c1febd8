"""Which variant falls to a visitor: always the same one, and nothing is stored on the device.

Whoever agreed to be recognised is known by the visitor's key. For everybody else it is a hash of address and browser
under a random key that is thrown away each day; the hash decides, is forgotten, and stands beside no result.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from reif.attract.models import DaySalt
from reif.kit.clock import now
from reif.kit.useragent import is_machine

_salts: dict[date, str] = {}


def choose(arms: Sequence[dict[str, Any]], test: int, key: str) -> dict[str, Any]:
    """The arm of this key: the shares follow the weights, and the same key always gets the same arm of a test."""
    whole = sum(arm["weight"] for arm in arms)
    place = _share(f"{test}:{key}") * whole
    for arm in arms:
        place -= arm["weight"]
        if place < 0:
            return arm
    return arms[-1]


def key_of(request: HttpRequest) -> str:
    """Who this is, as far as it may be known: the visitor's key with consent, else a hash that lives for a day."""
    if request.COOKIES.get("reif_c") == "personal" and (visitor := request.COOKIES.get("reif_v", "")):
        return f"v:{visitor[:128]}"
    told = f"{request.META.get('REMOTE_ADDR', '')}\0{request.headers.get('user-agent', '')[:500]}"
    return "d:" + hashlib.blake2b(told.encode(), key=salt_of(today()).encode()[:64], digest_size=16).hexdigest()


def mark_of(key: str, test: int) -> int:
    """What remembers for a day that this key was counted; 63 bits, made with the day's salt."""
    raw = hashlib.blake2b(f"{test}:{key}".encode(), key=salt_of(today()).encode()[:64], digest_size=8).digest()
    return int.from_bytes(raw, "big") >> 1


def counts(request: HttpRequest) -> bool:
    """Whether this is a person who looks: no machine, no prefetch, nobody who works here."""
    early = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    if request.method != "GET" or "prefetch" in early or is_machine(request.headers.get("user-agent")):
        return False
    return "sessionid" not in request.COOKIES or not request.user.is_authenticated


def today() -> date:
    return timezone.localdate(now())


def salt_of(day: date) -> str:
    """The random key of a day, the same for all processes; yesterday's are gone."""
    if day not in _salts:
        DaySalt.objects.filter(day__lt=day - timedelta(days=1)).delete()
        DaySalt.objects.bulk_create([DaySalt(day=day, salt=secrets.token_hex(32))], ignore_conflicts=True)
        _salts.clear()
        _salts[day] = DaySalt.objects.get(day=day).salt
    return _salts[day]


def forget_salts() -> None:
    """Ask the database next time; between tests."""
    _salts.clear()


def _share(text: str) -> float:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") / 2**64
