"""Two files that marketing has imported: the cards of a trade fair, and addresses out of the old CRM."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import msgspec

from reif.capture.imports.options import Answer, Options
from reif.capture.imports.receive import receive
from reif.capture.imports.run import run_to_the_end, start
from reif.crm.models import Person
from reif.demo.history import History
from reif.qualify.segments.fixed import put_in
from reif.staff.models import User

GUESTS = ((11, 9), (10, 6), (4, 3))
"""So many days ago, so many came onto the list of guests."""
FIRST = (
    "Anja",
    "Beat",
    "Carla",
    "Dario",
    "Elif",
    "Franz",
    "Gina",
    "Hannes",
    "Ines",
    "Jonas",
    "Käthi",
    "Luca",
    "Mira",
    "Nils",
)
LAST = (
    "Aeschbacher",
    "Brühlmann",
    "Caduff",
    "Dörig",
    "Egli",
    "Fässler",
    "Grünig",
    "Hürlimann",
    "Jäggi",
    "Küng",
    "Lüthi",
)
FIRMS = (
    "Sägewerk Thur",
    "Klinik Seeblick",
    "Hotel Alpenrose",
    "Bäckerei Rothenfluh",
    "Treuhand Linth",
    "Spedition Rhein",
)
TITLES = (
    "Ltg. Personal",
    "",
    "Gf",
    "Assistentin der GL",
    "IT-Leiter",
    "",
    "Sachb. HR",
    "Zauberer",
    "Stv. Leiter Personal (m/w/d)",
    "",
)
PLACES = (("Schweiz", "+41 71"), ("Deutschland", "+49 30"), ("Österreich", "+43 1"), ("Helvetien", "12"))


def plan_lists(history: History, random: Random, marketing: User) -> None:
    """Messy, as such files are: some rows are skipped, some values left out, some people are there twice."""
    fair = Answer(basis="legitimate_interest_lead", informed=True)
    old = Answer(basis="legitimate_interest_customer")
    for days, name, rows, answer, stage in (
        (75, "CRM-Export Altsystem.csv", 24, old, ""), (12, "Messe Personal Zürich.csv", 46, fair, "subscriber"),
    ):  # fmt: skip
        file = _file(random, rows).encode("cp1252")
        history.plan(history.end - timedelta(days=days), _import, marketing, file, name, answer, stage)
    for n, (days, number) in enumerate(GUESTS):
        history.plan(history.end - timedelta(days=days), _list_guests, marketing, n, number)


def _import(marketing: User, file: bytes, name: str, answer: Answer, stage: str) -> None:
    draft = receive([file], name, marketing)
    draft.basis, draft.options = msgspec.to_builtins(answer), msgspec.to_builtins(Options(stage=stage))
    draft.save()
    start(draft)
    run_to_the_end(draft.pk)


def _list_guests(by: User, heap: int, number: int) -> None:
    """Who came to the stand at the HR fair, put together by hand."""
    known = Person.objects.living().exclude(email=None).order_by("id").values_list("id", flat=True)
    put_in("guests", list(known)[heap :: 2 * len(GUESTS)][:number], by=by.pk)


def _file(random: Random, rows: int) -> str:
    lines = ["sep=;", "Vorname;Nachname;E-Mail;Telefon;Firma;Funktion;Land;Abgemeldet"]
    for number in range(rows):
        first, last, firm = random.choice(FIRST), random.choice(LAST), random.choice(FIRMS)
        land, code = PLACES[min(random.randrange(7), 3) if number % 5 == 0 else random.randrange(3)]
        domain = f"{firm.lower().replace(' ', '-').replace('ä', 'ae').replace('ü', 'ue')}.example"
        mail = f"{chr(97 + number % 26)}{number}.muster@{domain}" if number % 13 != 12 else f"{first}.example"
        mail = f"info@{domain}" if number % 11 == 7 else mail
        last = "xxx" if number % 19 == 11 else last
        away = "ja" if number % 17 == 16 else ""
        lines.append(
            f"{first};{last};{mail};{code} {random.randrange(100, 999)} {random.randrange(1000, 9999)};{firm};{TITLES[number % len(TITLES)]};{land};{away}"
        )
    return "\r\n".join([*lines, lines[2]])
