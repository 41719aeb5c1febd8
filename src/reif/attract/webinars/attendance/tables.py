"""Find the table of those who came in a file that begins with other things."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from reif.attract.webinars.attendance.decode import BadList
from reif.kit.fold import fold

ROWS = 50_000
HEADINGS = {
    "email": ("email", "e-mail", "email address", "user email", "e-mail-adresse", "e-mail address", "mail", "emailadresse",
              "email-adresse", "attendee email", "benutzer-e-mail"),
    "name": ("name", "full name", "user name (original name)", "name (original name)", "name (original)", "user name",
             "participant", "teilnehmer", "attendee", "vollstaendiger name", "anzeigename", "name (originalname)"),
    "first": ("first name", "vorname", "given name"),
    "last": ("last name", "nachname", "surname", "family name"),
    "join": ("join time", "first join", "time joined", "joined", "joined at", "join time (timezone)", "beitrittszeit",
             "beitrittszeitpunkt", "erster beitritt", "teilnahmebeginn", "beigetreten"),
    "leave": ("leave time", "last leave", "time exited", "left", "left at", "leave time (timezone)", "verlassen",
              "letztes verlassen", "letzter austritt", "austrittszeit", "zeitpunkt des verlassens", "endzeit"),
    "duration": ("duration", "in-meeting duration", "time in session (minutes)", "duration (minutes)", "total duration (minutes)",
                 "minutes", "dauer", "dauer (minuten)", "besprechungsdauer", "minuten", "time in session", "attendance duration",
                 "dauer in der besprechung", "in-session duration", "sitzungsdauer (minuten)"),
    "attended": ("attended", "teilgenommen"),
}  # fmt: skip
_MEANS = {word: name for name, words in HEADINGS.items() for word in words}
_NOT_PEOPLE = ("topic", "thema", "meeting id", "webinar id", "webinar name", "meeting-id")
_ASIDE = ("host details", "panelist details", "in-meeting activities", "aktivitaeten", "summary", "zusammenfassung")


@dataclass(frozen=True)
class Row:
    """One line of a table, by what its columns mean."""

    cells: dict[str, str]

    def get(self, name: str) -> str:
        value = self.cells.get(name, "").strip()
        return "" if value in ("--", "-", "N/A", "n/a") else value


def rows_of(text: str) -> list[Row]:
    """The rows of all tables of attendees. Raises BadList."""
    found: list[Row] = []
    columns: dict[int, str] = {}
    aside, width = False, 0
    for cells in _cells(text):
        words = [fold(cell).strip(" :*") for cell in cells]
        if not any(words):
            columns = {}
        elif meant := _header(words):
            columns, width = {} if aside else meant, len(words)
        elif (title := _section(words)) and (not columns or len(words) < width):
            aside, columns = any(word in title for word in _ASIDE), {}
        elif columns:
            found.append(Row({name: cells[i] for i, name in columns.items() if i < len(cells)}))
    if not found:
        found = _plain(text)
    if not found:
        raise BadList(_("No list of attendees was found. A column with e-mail addresses is needed."))
    return found


def _cells(text: str) -> Iterator[list[str]]:
    separator = _separator(text)
    csv.field_size_limit(1_000_000)
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter=separator)):
            if number > ROWS:
                raise BadList(
                    _("The list has more than %(n)s rows. Is it the right file?") % {"n": f"{ROWS:_}".replace("_", "’")}
                )
            yield cells
    except csv.Error as error:
        raise BadList(_("This is no list that can be read. Save it as CSV in the meeting tool.")) from error


def _separator(text: str) -> str:
    """What stands most often in the lines that have an address or a heading."""
    lines = [line for line in text.splitlines()[:400] if "@" in line or "mail" in line.lower()] or text.splitlines()[
        :50
    ]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in ("\t", ";", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _header(words: list[str]) -> dict[int, str]:
    """What the columns mean, when this line says so."""
    if any(word in _NOT_PEOPLE for word in words):
        return {}
    meant = {i: _MEANS[word] for i, word in enumerate(words) if word in _MEANS}
    meanings = set(meant.values())
    if "email" in meanings and not any("@" in word for word in words):
        return meant
    return meant if "name" in meanings and len(meanings) > 1 else {}


def _section(words: list[str]) -> str:
    """`2. Participants`, `Panelist Details,`: a line with a single cell that is no address."""
    filled = [word for word in words if word]
    return filled[0] if len(filled) == 1 and "@" not in filled[0] and len(filled[0]) < 60 else ""


def _plain(text: str) -> list[Row]:
    """Nothing but addresses, one a line."""
    lines = [line.strip(' \t,;"') for line in text.splitlines() if line.strip()]
    good = [line for line in lines if line.count("@") == 1 and " " not in line]
    return [Row({"email": line}) for line in good] if good and len(good) >= len(lines) / 2 else []
