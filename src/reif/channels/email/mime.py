"""Write a mail as bytes: headers, plain text and HTML, in one pass (RFC 5322, 2045, 2047, 8058)."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime


@dataclass(frozen=True)
class Sheet:
    """All that a mail is made of. message_id without angle brackets; extra: further headers."""

    message_id: str
    at: datetime
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    subject: str
    html: str
    text: str
    extra: tuple[tuple[str, str], ...] = ()


def headers_of(sheet: Sheet) -> list[tuple[str, str]]:
    """In the order in which they stand in the mail; values in ASCII."""
    return [
        ("From", mailbox(sheet.from_name, sheet.from_address)),
        ("To", mailbox(sheet.to_name, sheet.to_address)),
        ("Subject", _words(sheet.subject, len("Subject: "))),
        ("Date", format_datetime(sheet.at)),
        ("Message-ID", f"<{sheet.message_id}>"),
        *sheet.extra,
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{_boundary(sheet)}"'),
    ]


def to_bytes(headers: list[tuple[str, str]], sheet: Sheet) -> bytes:
    """The finished mail, CRLF throughout and at its end."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")
    edge = f"--{_boundary(sheet)}".encode()
    return b"".join(
        (
            head,
            b"\r\n",
            edge,
            b'\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n',
            _quoted(sheet.text),
            edge,
            b'\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
            _base64(sheet.html),
            edge,
            b"--\r\n",
        )
    )


def mailbox(name: str, address: str) -> str:
    """`"Name" <address>`, the name encoded when it needs to be."""
    if not name:
        return address
    if name.isascii() and not any(ord(c) < 32 for c in name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_words(name, 10)} <{address}>"


def _words(text: str, used: int) -> str:
    """One header value, folded; line breaks that somebody smuggled in are blanks."""
    clean = " ".join(text.split())
    if clean.isascii() and len(clean) + used <= 76:
        return clean
    return Header(clean, "utf-8", header_name="x" * max(used - 2, 1)).encode(linesep="\r\n", maxlinelen=76)


def _boundary(sheet: Sheet) -> str:
    return f"=_{sheet.message_id.partition('@')[0].replace('.', '_')}"


def _quoted(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    encoded = binascii.b2a_qp(lines, istext=True)
    return encoded if encoded.endswith(b"\r\n") else encoded + b"\r\n"


def _base64(text: str) -> bytes:
    raw = binascii.b2a_base64(text.encode(), newline=False)
    return b"".join(raw[i : i + 76] + b"\r\n" for i in range(0, len(raw), 76))
