"""Where libraries put the write key: Basic user, Bearer, X-Write-Key, or the body."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

from .body import Head


def in_head(head: Head) -> tuple[str, ...]:
    """Keys that the headers name, best first. Jitsu writes `key:secret`; the part before the colon counts too."""
    return _named(head.get(b"authorization"), head.get(b"x-write-key"))


@lru_cache(1024)
def _named(authorization: bytes | None, written: bytes | None) -> tuple[str, ...]:
    found = [in_authorization(authorization)] if authorization else []
    return (*found, *spellings(written.decode("latin-1"))) if written else tuple(found)


def in_authorization(value: bytes) -> str:
    """The key of an Authorization header: the user of Basic, or the token of Bearer; empty when there is none."""
    scheme, _, rest = value.partition(b" ")
    if scheme.lower() == b"bearer":
        return rest.strip().decode("latin-1")
    if scheme.lower() != b"basic":
        return ""
    try:
        user = base64.b64decode(rest.strip(), validate=True).partition(b":")[0]
    except binascii.Error:
        return ""
    return user.decode("latin-1")


def spellings(key: str | None) -> list[str]:
    """A key as written, and without the secret that some libraries append."""
    if not key:
        return []
    return [key, key.partition(":")[0]] if ":" in key else [key]
