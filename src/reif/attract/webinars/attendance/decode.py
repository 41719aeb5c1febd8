"""Bytes of a list to its text, whatever wrote it."""

from __future__ import annotations

from django.utils.translation import gettext as _

BYTES = 10 * 1024 * 1024


class BadList(ValueError):
    """A file that is no list; the sentence says why and what to do."""


def decode(raw: bytes) -> str:
    """UTF-8, UTF-16 with and without its mark, Windows-1252. Raises BadList."""
    if not raw.strip():
        raise BadList(_("The file is empty. Choose it again."))
    if len(raw) > BYTES:
        raise BadList(_("The list has more than %(n)s MB. Is it the right file?") % {"n": BYTES // 1_048_576})
    _refuse_others(raw)
    text = _text(raw)
    if "\0" in text:
        raise BadList(_("This is no list that can be read. Save it as CSV in the meeting tool."))
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _refuse_others(raw: bytes) -> None:
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadList(_("This is an Excel or ZIP file. Open it and save the list as CSV."))
    if raw.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise BadList(_("This is a picture or a PDF. Download the list as CSV from the meeting tool."))


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    zeros = raw[:400].count(0)
    if zeros > len(raw[:400]) // 4:  # every second byte of western text in UTF-16 is zero
        little = raw[1:400:2].count(0) >= raw[0:400:2].count(0)
        return raw.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
