"""A file of realistic people: umlauts, uneven companies, numbers of four countries, 3 % of the rows wrong in one of eight ways."""

from __future__ import annotations

import csv
import random
from pathlib import Path

FIRMS_PER_ROW = 0.15
FIRST = [
    "Anna",
    "Hans-Peter",
    "José",
    "Zoë",
    "Lukas",
    "Jürgen",
    "Mia",
    "Noah",
    "Élise",
    "Luca",
    "Sofia",
    "Heinz",
    "Käthe",
]
LAST = ["Müller", "Meier", "Schmid", "Keller", "Weber", "Huber", "Schneider", "Meyer", "Steiner", "Fischer", "Gerber"]
LAST += ["Brunner", "Baumann", "Frei", "Zimmermann", "Moser", "Widmer", "Wyss", "Graf", "Roth", "von Allmen", "O'Neill"]
CITIES = [
    ("Zürich", "8001", "Schweiz"),
    ("Bern", "3011", "CH"),
    ("Berlin", "10115", "Deutschland"),
    ("Wien", "1010", "AT"),
]
CITIES += [
    ("München", "80331", "Germany"),
    ("St. Gallen", "9000", "Schweiz"),
    ("Leipzig", "04109", "DE"),
    ("Graz", "8010", "Österreich"),
]
JOBS = ["HR-Leiterin", "CEO", "Head of People", "Geschäftsführer", "Einkauf", "IT-Leiter", "Recruiterin", ""]
PREFIX = {
    "Schweiz": "+41 79",
    "CH": "079",
    "Deutschland": "+49 151",
    "Germany": "+49 30",
    "DE": "0151",
    "AT": "+43 664",
}
HEADINGS = [
    "Vorname",
    "Nachname",
    "E-Mail",
    "Telefon",
    "Position",
    "Firma",
    "PLZ",
    "Ort",
    "Land",
    "Sprache",
    "Branche",
    "Mitarbeiter",
]


def write_file(path: Path, rows: int) -> None:
    """As German Excel writes it: semicolons, cp1252."""
    chance = random.Random(11)
    with path.open("w", encoding="cp1252", newline="") as out:
        write = csv.writer(out, delimiter=";")
        write.writerow(HEADINGS)
        for number in range(rows):
            write.writerow(person(chance, number, max(1000, int(rows * FIRMS_PER_ROW))))


def person(chance: random.Random, number: int, firms: int) -> list[str]:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    city, code, country = chance.choice(CITIES)
    firm = min(chance.randrange(firms), chance.randrange(firms))
    domain = chance.choice(["gmail.com", "gmx.ch", "bluewin.ch"]) if chance.random() < 0.15 else f"firma{firm}.example"
    mail = f"{plain(first)}.{plain(last)}{number}@{domain}"
    phone = f"{PREFIX.get(country, '+43 664')} {chance.randrange(100, 999)} {chance.randrange(10, 99)} {chance.randrange(10, 99)}"
    row = [first, f"{last}-{number % 40_000}", mail, phone if chance.random() < 0.8 else "", chance.choice(JOBS),
           f"Firma {firm} AG", code, city, country, "de", "IT", str(5 + firm % 900)]  # fmt: skip
    return row if chance.random() >= 0.03 else wrong(chance, row)


def wrong(chance: random.Random, row: list[str]) -> list[str]:
    spot, value = chance.choice(
        [(2, ""), (2, "anna.example.ch"), (2, "a@b@c.example"), (3, "123"), (3, "4,17912E+10"), (8, "Atlantis"),
         (11, "viele"), (0, "x" * 300)]
    )  # fmt: skip
    row[spot] = value
    return row


def plain(word: str) -> str:
    from reif.kit.fold import fold

    return fold(word).replace(" ", "").replace("'", "")
