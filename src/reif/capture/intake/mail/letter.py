"""Read a mail as strangers write it: any encoding, any brokenness, in bounded time. Nothing of it is believed yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from charset_normalizer import from_bytes

from reif.capture.intake.mail.plain import plain_of_html

MOST_PARTS = 200
MOST_TEXT = 300_000


@dataclass(frozen=True)
class File:
    """An attachment, named and not kept. size in bytes, 0 when unknown."""

    name: str
    mime: str
    size: int


@dataclass(frozen=True)
class Letter:
    """sender, reply_to: (name, address). headers: by small name, decoded, first value. inner: a mail that was attached."""

    message_id: str = ""
    subject: str = ""
    sender: tuple[str, str] = ("", "")
    reply_to: tuple[str, str] = ("", "")
    recipients: int = 0
    at: datetime | None = None
    text: str = ""
    files: list[File] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    mime: str = ""
    inner: Letter | None = None


def letter_of(raw: bytes) -> Letter:
    """Never raises for what a sender can do; what cannot be read is empty."""
    return _letter(message_from_bytes(raw), depth=0)


def _letter(message: Message, depth: int) -> Letter:
    headers = _headers(message)
    text, files, inner = _body(message, depth)
    return Letter(
        message_id=headers.get("message-id", "")[:500], subject=headers.get("subject", "")[:300],
        sender=_address(headers.get("from", "")), reply_to=_address(headers.get("reply-to", "")),
        recipients=_count(headers, "to") + _count(headers, "cc"), at=_at(headers.get("date", "")), text=text, files=files,
        headers=headers, references=_ids(headers), mime=message.get_content_type(), inner=inner,
    )  # fmt: skip


def _headers(message: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in list(getattr(message, "_headers", ()))[:200]:
        raw = str(value)[:50_000].encode("utf-8", "surrogateescape")  # bytes that are no ASCII came in as surrogates
        found.setdefault(name.lower(), _decoded(_text(raw, "utf-8")))
    return found


def _decoded(value: str) -> str:
    """One line of printable text; a line break in a header was an attack or an accident."""
    try:
        parts = decode_header(value)
    except Exception:
        parts = [(value, None)]
    text = "".join(_text(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _body(message: Message, depth: int) -> tuple[str, list[File], Letter | None]:
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    inner: Letter | None = None
    for number, part in enumerate(_parts(message)):
        if number > MOST_PARTS:
            break
        kind, disposition = part.get_content_type(), str(part.get("content-disposition", "")).lower()
        if kind == "message/rfc822" and depth < 2:
            held = part.get_payload()
            if inner is None and isinstance(held, list) and held and isinstance(held[0], Message):
                inner = _letter(held[0], depth + 1)
        elif kind in ("text/plain", "text/html") and not disposition.startswith("attachment"):
            (plain if kind == "text/plain" else html).append(_words(part))
        elif not part.is_multipart():
            files.append(File(_name(part), kind, len(_payload(part))))
    told = "\n".join(plain).strip()
    return told or plain_of_html("\n".join(html)), files, inner


def _parts(message: Message) -> Iterable[Message]:
    """Depth first, but never into a mail that is attached: it is a letter of its own."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _words(part: Message) -> str:
    return _text(_payload(part), part.get_content_charset())[:MOST_TEXT].replace("\r\n", "\n").replace("\x00", "")


def _payload(part: Message) -> bytes:
    try:
        told = part.get_payload(decode=True)
    except Exception:
        told = None
    return told if isinstance(told, bytes) else b""


def _text(raw: bytes, charset: str | None) -> str:
    """By the charset that it names; when that is wrong or unknown, by what the bytes look like."""
    for one in (charset, "utf-8"):
        try:
            return raw.decode(one) if one else raw.decode("ascii")
        except (LookupError, UnicodeDecodeError):
            continue
    found = from_bytes(raw[:20_000]).best()
    return raw.decode(found.encoding if found else "cp1252", "replace")


def _name(part: Message) -> str:
    try:
        told = part.get_filename() or ""
    except Exception:
        told = ""
    return _decoded(told).replace("/", "_").replace("\\", "_")[:150]


def _address(header: str) -> tuple[str, str]:
    found = [(name.strip()[:200], address.strip()) for name, address in getaddresses([header[:2000]]) if "@" in address]
    return found[0] if found else ("", "")


def _count(headers: dict[str, str], name: str) -> int:
    return headers.get(name, "").count("@")


def _at(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _ids(headers: dict[str, str]) -> tuple[str, ...]:
    told = f"{headers.get('in-reply-to', '')} {headers.get('references', '')}"
    return tuple(dict.fromkeys(re.findall(r"<([^<>\s]{3,400})>", told)))[:30]
