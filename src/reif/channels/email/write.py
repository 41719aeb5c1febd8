"""Write one mail to one reader: fill the text, set the headers, sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from reif.channels.email.dkim import signer
from reif.channels.email.limits import sender
from reif.channels.email.liquid import BadText, Filled, fill
from reif.channels.email.mime import Sheet, headers_of, mailbox, to_bytes
from reif.channels.email.readers import Post
from reif.channels.email.smtp import Envelope
from reif.channels.email.tokens import message_id, token_of
from reif.channels.mails import Sender
from reif.kit.clock import now

_ADDRESS = re.compile(r"[^\s<>,;:\\\"()\[\]@]+@[^\s<>,;:\\\"()\[\]@]+")


@dataclass(frozen=True)
class Written:
    """A finished mail, still in parts."""

    post: Post
    sheet: Sheet
    headers: list[tuple[str, str]]

    def envelope(self) -> Envelope:
        raw = to_bytes(self.headers, self.sheet)
        if (sign := signer()) is not None:
            body = raw.partition(b"\r\n\r\n")[2]
            name, value = sign.header(self.headers, body, self.sheet.at)
            raw = f"{name}: {value}\r\n".encode() + raw
        return Envelope(self.post.effect.id, _return_path(self), self.sheet.to_address, raw)


def write(post: Post) -> Written:
    """Raises BadText when the text cannot be filled or the address cannot stand in an envelope."""
    if post.content is None:
        raise BadText(f"{post.mail}: there is no such text")
    house, token = sender(), token_of(post.effect.id)
    filled = fill(post.content, post.values | {"base": settings.BASE_URL, "token": token, "brand": settings.BRAND})
    sheet = _sheet(post, house, filled, token)
    return Written(post, sheet, headers_of(sheet))


def _sheet(post: Post, house: Sender, filled: Filled, token: str) -> Sheet:
    origin = house.from_address or f"reif@{_host()}"
    return Sheet(
        message_id=f"{message_id(post.effect.id)}@{_plain(origin).rpartition('@')[2]}",
        at=now(),
        from_name=house.from_name or house.company or settings.BRAND,
        from_address=_plain(origin),
        to_name=post.name,
        to_address=_plain(post.address),
        subject=filled.subject,
        html=filled.html,
        text=filled.text,
        extra=_extra(post, house, token),
    )


def _extra(post: Post, house: Sender, token: str) -> tuple[tuple[str, str], ...]:
    extra = [("Reply-To", mailbox("", _plain(house.reply_to)))] if house.reply_to else []
    if post.kind == "marketing":
        extra += [
            ("List-Unsubscribe", f"<{settings.BASE_URL}/u/{token}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("Feedback-ID", f"{post.mail}:{post.kind}:reif"),
        ]
    else:
        extra.append(("Auto-Submitted", "auto-generated"))
    return tuple(extra)


def _plain(address: str) -> str:
    """An address that can stand in an SMTP command: the domain in its ASCII form, nothing smuggled in."""
    local, _, domain = address.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError as error:
        raise BadText(f"the domain {domain} cannot be written in ASCII") from error
    plain = f"{local}@{ascii_domain}"
    if not plain.isascii() or not _ADDRESS.fullmatch(plain) or any(ord(c) < 33 for c in plain):
        raise BadText("the address cannot be used in SMTP")
    return plain


def _return_path(written: Written) -> str:
    """With REIF_RETURN_PATH, each mail has its own, so that a bounce names its message (VERP)."""
    if not settings.RETURN_PATH:
        return written.sheet.from_address
    local, _, domain = settings.RETURN_PATH.partition("@")
    return f"{local}+{token_of(written.post.effect.id)}@{domain}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
