"""Bytes of a file of an ad platform, as rows under headings: encoding, separator, what stands above and below."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from reif.kit.fold import fold

MOST_BYTES = 5_000_000
MOST_ROWS = 50_000

HEADINGS: dict[str, tuple[str, ...]] = {
    "day": ("day", "tag", "date", "datum", "gregorian date", "gregorianisches datum", "start date", "startdatum",
            "start date (in utc)", "startdatum (in utc)", "reporting starts", "berichtsbeginn", "auswertungsbeginn", "time period"),
    "campaign": ("campaign", "kampagne", "campaign name", "kampagnenname", "name der kampagne", "campaign_name"),
    "cost": ("cost", "costs", "kosten", "spend", "ausgaben", "total spent", "gesamtausgaben", "ausgaben gesamt",
             "ausgegebener betrag", "amount spent", "betrag", "amount", "insgesamt ausgegeben"),
    "currency": ("currency", "waehrung", "currency code", "waehrungscode"),
    "clicks": ("clicks", "klicks", "link clicks", "link-klicks", "linkklicks"),
    "impressions": ("impressions", "impressionen", "impr.", "impr"),
    "channel": ("channel", "kanal"),
}  # fmt: skip
_BRACKET = re.compile(r"\s*\(([a-z]{3})\)\s*$")
_FOOT = re.compile(r"^\s*(total|gesamt|summe|insgesamt|©|--)", re.IGNORECASE)
PLATFORMS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "linkedin_ads",
        frozenset(
            {"start date (in utc)", "startdatum (in utc)", "total spent", "gesamtausgaben", "campaign group name"}
        ),
    ),
    (
        "meta_ads",
        frozenset({"amount spent", "ausgegebener betrag", "name der kampagne", "reporting starts", "berichtsbeginn"}),
    ),
    ("microsoft_ads", frozenset({"gregorian date", "gregorianisches datum", "spend", "ausgaben"})),
    ("google_ads", frozenset({"cost", "kosten", "impr.", "currency code", "waehrungscode"})),
)


class UnreadableFile(ValueError):
    """key: empty, binary, large, headings."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Table:
    """Cells by heading, with the number of their line in the file. platform: the channel that the headings betray.

    currency: from a heading like “Amount spent (CHF)”. month_first: the platform writes 11/26/2026 where nothing else tells.
    """

    rows: list[tuple[int, dict[str, str]]]
    columns: dict[str, str]
    platform: str
    currency: str
    month_first: bool


def read_table(content: bytes) -> Table:
    """Raises UnreadableFile."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile("large")
    lines = _lines(_text(content))
    place, columns, currency = _headings(lines)
    shown = {name: lines[place][1][n].strip() for name, n in columns.items()}
    rows = []
    for number, cells in lines[place + 1 :]:
        if not any(cells) or _FOOT.match(cells[0]) or (len(cells) < 2 and len(columns) > 1):
            continue
        rows.append((number, {name: cells[n].strip() if n < len(cells) else "" for name, n in columns.items()}))
    if len(rows) > MOST_ROWS:
        raise UnreadableFile("large")
    told = {_plain(cell)[0] for cell in lines[place][1]}
    platform = next((name for name, words in PLATFORMS if told & words), "")
    english = not told & {"tag", "datum", "kosten", "kampagne", "ausgaben", "startdatum", "startdatum (in utc)"}
    return Table(rows, shown, platform, currency, month_first=english)


def _text(content: bytes) -> str:
    if not content.strip():
        raise UnreadableFile("empty")
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content:
        raise UnreadableFile("binary")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(content[:200_000], cp_isolation=["cp1252", "mac_roman"]).best()
        return content.decode(best.encoding if best else "cp1252", errors="replace")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Numbered rows, cut at the separator that the most lines agree on."""
    sample = text[:20_000].splitlines()
    counts = {mark: sum(line.count(mark) for line in sample) for mark in ("\t", ";", ",")}
    mark = "\t" if counts["\t"] >= max(1, len(sample) // 2) else ";" if counts[";"] >= max(1, len(sample) // 2) else ","
    try:
        reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=mark)
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UnreadableFile("binary") from error


def _headings(lines: list[tuple[int, list[str]]]) -> tuple[int, dict[str, int], str]:
    """The first row with a day and a cost, among the first forty: platforms write a title and a span above it."""
    for place, (_number, cells) in enumerate(lines[:40]):
        columns: dict[str, int] = {}
        currency = ""
        for n, cell in enumerate(cells):
            word, told = _plain(cell)
            name = next((name for name, words in HEADINGS.items() if word in words), "")
            if name and name not in columns:
                columns[name] = n
                currency = told if name == "cost" and told else currency
        if "day" in columns and "cost" in columns:
            return place, columns, currency.upper()
    raise UnreadableFile("headings")


def _plain(heading: str) -> tuple[str, str]:
    """`Ausgegebener Betrag (CHF)` is (“ausgegebener betrag”, “chf”)."""
    word = fold(heading.replace("\ufeff", "").strip().strip('"'))
    found = _BRACKET.search(word)
    if found and found[1] != "utc":
        return word[: found.start()].strip(), found[1]
    return word, ""
