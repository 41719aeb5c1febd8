"""A file of companies that marketing has bought: some known by now, some new, one that cannot be told apart."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from reif.capture.imports.options import Options
from reif.capture.imports.receive import receive
from reif.capture.imports.run import run_to_the_end, start
from reif.demo.history import History
from reif.staff.models import User

_FILE = """Firma;Domain;Branche;Mitarbeitende;Umsatz;Land;Ort;Telefon;Muttergesellschaft
Sägewerk Thur AG;saegewerk-thur.example;Holz;85;CHF 12,5 Mio.;Schweiz;Wil;+41 71 911 22 33;Thur Holding AG
Thur Holding AG;thur-holding.example;Beteiligungen;12;CHF 48 Mio.;Schweiz;Frauenfeld;+41 52 720 11 22;
Klinik Seeblick;klinik-seeblick.example;Gesundheit;420;CHF 96 Mio.;Schweiz;Rorschach;+41 71 844 55 66;
Hotel Alpenrose GmbH;hotel-alpenrose.example;Hotellerie;140;€ 11,2 Mio.;Österreich;Lech;+43 5583 22 11;
Bäckerei Rothenfluh;;Lebensmittel;viele;3'400'000;Schweiz;Wattwil;;
Spedition Rhein GmbH & Co. KG;spedition-rhein.example;Logistik;260;€ 41 Mio.;Deutschland;Konstanz;+49 7531 998877;
Treuhand Linth;gmail.com;Treuhand;18;;Schweiz;Glarus;+41 55 640 30 20;
;;Bau;30;;Schweiz;Chur;;
"""


def plan_companies(history: History, marketing: User) -> None:
    """Three months ago."""
    history.plan(history.end - timedelta(days=90), _import, marketing)


def _import(marketing: User) -> None:
    draft = receive([_FILE.encode()], "Firmen Ostschweiz.csv", marketing, kind="companies")
    draft.options = msgspec.to_builtins(Options())
    draft.save()
    start(draft)
    run_to_the_end(draft.pk)
