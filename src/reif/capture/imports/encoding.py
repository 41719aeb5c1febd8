"""In which character set is a file? BOM, zeros, UTF-8 as a whole; else the old set in which the letters make sense."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("äöüÄÖÜßéèêëàâçñóíáúôîïœÉÈÀÇøåæ")
_ASCII = bytes(range(128))
_SIGNS = frozenset("–—„“”’‚‘«»…€§°²³·•™©®´½")


class Found(NamedTuple):
    """encoding: a name of Python's. lines: how many there are. damaged: bytes that are none of it were replaced."""

    encoding: str
    lines: int
    damaged: bool = False


def encoding_of(path: Path) -> Found:
    """Reads the whole file once: a first megabyte of ASCII says nothing about the umlaut that comes later."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
        known = next((name for mark, name in _MARKS if head.startswith(mark)), "") or _without_mark(head)
        if known and known != "utf-8-sig":
            return Found(known, _lines(path, b"\n\0" if known.endswith("le") else b"\n"))
        return _scan(path, known or "utf-8")


def _without_mark(head: bytes) -> str:
    """UTF-16 without a BOM has a zero in every second byte of its Latin letters."""
    even, odd = head[0:4000:2].count(0), head[1:4000:2].count(0)
    pairs = max(1, min(len(head), 4000) // 2)
    if odd / pairs > 0.4 and even / pairs < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even / pairs > 0.4 and odd / pairs < 0.05 else ""


def _lines(path: Path, end: bytes) -> int:
    with path.open("rb") as file:
        return sum(block.count(end) for block in iter(lambda: file.read(_BLOCK), b"")) + 1


def _scan(path: Path, name: str) -> Found:
    lines, returns, good, odd = 1, 0, 0, bytearray()
    wrong = 0
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        for block in iter(lambda: file.read(_BLOCK), b""):
            lines, returns = lines + block.count(b"\n"), returns + block.count(b"\r")
            if block.isascii():
                continue
            try:
                good += len(block) - len(decoder.decode(block))
            except UnicodeDecodeError:
                decoder.reset()
                wrong += _wrong(block)
                odd += block.translate(None, _ASCII)[: 200_000 - len(odd)] if len(odd) < 200_000 else b""
    lines = max(lines, returns)
    if not wrong:
        return Found(name, lines)
    if good > 20 * wrong or name == "utf-8-sig" or _mostly_utf8(path):
        return Found(name, lines, damaged=True)
    return Found(_oldest(bytes(odd)), lines)


def _wrong(block: bytes) -> int:
    return block.decode("utf-8", "replace").count("\ufffd")


def _mostly_utf8(path: Path) -> bool:
    with path.open("rb") as file:
        text = file.read(4 * _BLOCK).decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 6 * wrong


def _oldest(odd: bytes) -> str:
    """The set in which most of the bytes above ASCII are letters and signs of Western Europe."""
    return max(_OLD, key=lambda name: (_sense(odd.decode(name, "replace")), -_OLD.index(name)))


def _sense(text: str) -> int:
    return sum(3 if c in _LETTERS else 1 if c in _SIGNS else -1 for c in text)
