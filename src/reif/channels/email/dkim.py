"""Sign mails with DKIM when a key is given: relaxed/relaxed, rsa-sha256 (RFC 6376).

Most relays sign by themselves, which halves our work; give a key only when yours does not.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

SIGNED = ("from", "to", "subject", "date", "message-id", "reply-to", "list-unsubscribe", "list-unsubscribe-post",
          "mime-version", "content-type")  # fmt: skip
_blanks = re.compile(rb"[ \t]+")


class BadDkimKey(ValueError):
    """REIF_DKIM_KEY is not an RSA key in PEM."""


@dataclass(frozen=True)
class Signer:
    """A key under `<selector>._domainkey.<domain>`."""

    key: rsa.RSAPrivateKey
    selector: str
    domain: str

    def header(self, headers: list[tuple[str, str]], body: bytes, at: datetime) -> tuple[str, str]:
        """The DKIM-Signature for these headers and this body."""
        present = [(name, value) for name, value in headers if name.lower() in SIGNED]
        digest = base64.b64encode(hashlib.sha256(_relaxed_body(body)).digest()).decode()
        value = (
            f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector}; t={int(at.timestamp())};\r\n"
            f" h={':'.join(name.lower() for name, _ in present)};\r\n bh={digest};\r\n b="
        )
        lines = [_relaxed_header(name, text) for name, text in present]
        signed = b"\r\n".join([*lines, _relaxed_header("DKIM-Signature", value)])
        raw = base64.b64encode(self.key.sign(signed, padding.PKCS1v15(), SHA256())).decode()
        return "DKIM-Signature", value + "\r\n ".join(raw[i : i + 72] for i in range(0, len(raw), 72))


def signer() -> Signer | None:
    """What REIF_DKIM_KEY, REIF_DKIM_SELECTOR and REIF_DKIM_DOMAIN ask for; None when they ask for nothing."""
    return _signer(settings.DKIM_KEY, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN) if settings.DKIM_KEY else None


@lru_cache(maxsize=4)
def _signer(file: str, selector: str, domain: str) -> Signer:
    key = load_pem_private_key(Path(file).read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise BadDkimKey(f"{file} holds no RSA key")
    return Signer(key, selector, domain)


def _relaxed_header(name: str, value: str) -> bytes:
    text = value.replace("\r\n", "").encode()
    return f"{name.lower()}:".encode() + _blanks.sub(b" ", text).strip()


def _relaxed_body(body: bytes) -> bytes:
    lines = [_blanks.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"\r\n".join(lines) + b"\r\n" if lines else b""
