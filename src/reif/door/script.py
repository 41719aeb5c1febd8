"""Scripts that other sites load, /t.js first of all: read once, packed once, cached by browsers for an hour."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]

import reif

from .answers import Answer
from .body import Head

BUILT = Path(reif.__file__).parent / "staff" / "static" / "dist"
_TEXT = ((b"content-type", b"text/plain; charset=utf-8"),)
_MISSING = Answer(404, b"This script is not built: run `make assets`.\n", _TEXT)


class Script:
    """One built file with its packed forms."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._forms: dict[bytes, bytes] = {}
        self._tag = b""

    def answer(self, head: Head) -> Answer:
        """The script in the best encoding that the client takes; 304 when it has it already."""
        if not self._forms and not self._read():
            return _MISSING
        encoding = _best(head.get(b"accept-encoding", b""))
        tag = b'"' + self._tag + b"-" + (encoding or b"plain") + b'"'
        headers = [
            (b"content-type", b"text/javascript; charset=utf-8"),
            (b"cache-control", b"public, max-age=3600"),
            (b"etag", tag),
            (b"vary", b"accept-encoding"),
            (b"access-control-allow-origin", b"*"),
            (b"cross-origin-resource-policy", b"cross-origin"),
            (b"x-content-type-options", b"nosniff"),
        ]
        if tag in head.get(b"if-none-match", b""):
            return Answer(304, b"", tuple(headers[1:]))
        if encoding:
            headers.append((b"content-encoding", encoding))
        return Answer(200, self._forms[encoding], tuple(headers))

    def _read(self) -> bool:
        try:
            plain = self._file.read_bytes()
        except OSError:
            return False
        self._tag = hashlib.sha256(plain).hexdigest()[:16].encode()
        self._forms = {b"": plain, b"gzip": gzip.compress(plain, 9), b"br": brotli.compress(plain)}
        return True


def _best(accepted: bytes) -> bytes:
    names = {part.partition(b";")[0].strip() for part in accepted.split(b",") if b"q=0" not in part.replace(b" ", b"")}
    return b"br" if b"br" in names else b"gzip" if b"gzip" in names else b""
