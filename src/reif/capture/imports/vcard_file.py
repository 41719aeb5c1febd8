"""vCard 2.1, 3.0 and 4.0: any number of cards in one file, read card by card."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from reif.capture.imports.encoding import encoding_of
from reif.capture.imports.table import BadFile, Row, Table

HEADINGS = ["First Name", "Last Name", "Full Name", "Salutation", "Email", "Phone", "Mobile", "Job Title", "Company"]
HEADINGS += ["Street", "City", "Region", "Postal Code", "Country", "Website", "Language", "Notes", "Tags", "UID"]
_LONGEST = 2_000_000
_PAIR = re.compile(r"\\(.)", re.S)


class Line(NamedTuple):
    """A content line: its name in capitals, its parameters in small letters, its raw value."""

    name: str
    marks: frozenset[str]
    value: str


def open_vcards(path: Path) -> Table:
    """One row for each card."""
    found = encoding_of(path)

    def rows() -> Iterator[Row]:
        with path.open(encoding=found.encoding, errors="replace") as stream:
            for number, card in enumerate(_cards(stream), start=1):
                yield Row(number, _cells(card))

    count = _count(path, found.encoding)
    if not count:
        raise BadFile("empty")
    return Table(list(HEADINGS), rows, {"format": "vcard", "encoding": found.encoding, "heading": 0}, count)


def _count(path: Path, encoding: str) -> int:
    with path.open(encoding=encoding, errors="replace") as stream:
        return sum(1 for line in stream if line.strip().upper() == "BEGIN:VCARD")


def _cards(stream: TextIO) -> Iterator[list[Line]]:
    card: list[Line] | None = None
    for text in _unfolded(stream):
        word = text.strip().upper()
        if word == "BEGIN:VCARD":
            card = []
        elif word == "END:VCARD" and card is not None:
            yield card
            card = None
        elif card is not None and (line := _line(text)):
            card.append(line)


def _unfolded(stream: TextIO) -> Iterator[str]:
    """A line goes on when the next begins with a blank, or, in quoted-printable, when it ends with `=`."""
    held = ""
    for raw in stream:
        line = raw.rstrip("\r\n")
        if held and "QUOTED-PRINTABLE" in held.partition(":")[0].upper() and held.endswith("="):
            held = held[:-1] + line
        elif held and line[:1] in (" ", "\t"):
            held += line[1:]
        else:
            if held:
                yield held
            held = line
        if len(held) > _LONGEST:  # a picture of somebody; nothing that we take
            held = held[:200]
    if held:
        yield held


def _line(text: str) -> Line | None:
    head, colon, value = text.partition(":")
    if not colon:
        return None
    name, *marks = head.split(";")
    told = frozenset(m.lower().removeprefix("type=").strip('"') for mark in marks for m in mark.split(","))
    if any("quoted-printable" in mark for mark in told):
        charset = next((m.removeprefix("charset=") for m in told if m.startswith("charset=")), "utf-8")
        value = _quoted(value, charset)
    return Line(name.rpartition(".")[2].upper(), told, value)


def _quoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("latin-1", "replace"))
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _cells(card: list[Line]) -> list[str]:
    first = _first(card)
    family, given, _more, prefix = _parts(first.get("N", ""), 4)
    _box, _extra, street, city, region, code, country = _parts(first.get("ADR", ""), 7)
    mails = _by_mark(card, "EMAIL", ("work", "pref"))
    mobile = _by_mark([x for x in card if "cell" in x.marks], "TEL", ("pref",))
    phone = _by_mark([x for x in card if not x.marks & {"cell", "fax", "pager"}], "TEL", ("work", "pref"))
    found = {
        "First Name": given, "Last Name": family, "Full Name": "" if given or family else _text(first.get("FN", "")),
        "Salutation": prefix, "Email": mails.removeprefix("mailto:"), "Phone": phone.removeprefix("tel:"),
        "Mobile": mobile.removeprefix("tel:"), "Job Title": _text(first.get("TITLE") or first.get("ROLE", "")),
        "Company": _parts(first.get("ORG", ""), 1)[0], "Street": street, "City": city, "Region": region,
        "Postal Code": code, "Country": country, "Website": _text(first.get("URL", "")),
        "Language": _text(first.get("LANG", "")), "Notes": _text(first.get("NOTE", "")),
        "Tags": _text(first.get("CATEGORIES", "")), "UID": _text(first.get("UID", "")),
    }  # fmt: skip
    return [found[heading] for heading in HEADINGS]


def _first(card: list[Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in card:
        if line.value.strip():
            found.setdefault(line.name, line.value)
    return found


def _by_mark(card: list[Line], name: str, wanted: tuple[str, ...]) -> str:
    lines = [line for line in card if line.name == name and line.value.strip()]
    best = next((line for mark in wanted for line in lines if mark in line.marks), lines[0] if lines else None)
    return _text(best.value) if best else ""


def _parts(value: str, count: int) -> list[str]:
    """The components between semicolons that are not escaped, padded to `count`."""
    parts = [_text(part) for part in re.split(r"(?<!\\);", value)]
    return (parts + [""] * count)[:count]


def _text(value: str) -> str:
    return _PAIR.sub(lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
