"""Keep a text so that the database alone does not give it away: Fernet (AES-128-CBC with HMAC-SHA256), keyed by the installation's secret."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken


class Unreadable(ValueError):
    """It was sealed under another secret, or changed."""


def seal(secret: str, purpose: str, text: str) -> str:
    """The text, encrypted. `purpose` separates keys: what was sealed for one is not opened for another."""
    return _fernet(secret, purpose).encrypt(text.encode()).decode() if text else ""


def unseal(secret: str, purpose: str, sealed: str) -> str:
    """The text again; empty stays empty. Raises Unreadable."""
    if not sealed:
        return ""
    try:
        return _fernet(secret, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(purpose) from error


@cache
def _fernet(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}\0{secret}".encode()).digest()))
