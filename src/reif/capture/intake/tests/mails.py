"""Mails as people and programs send them."""

from __future__ import annotations

from typing import Any

FROM = "Anna Muster <anna.muster@firma.example>"


def mail(
    text: str = "Guten Tag\n\nWir suchen eine Lösung für 120 Leute.\n\nFreundliche Grüsse\nAnna Muster", **headers: Any
) -> bytes:
    told = {"From": FROM, "To": "anfrage@talentwerk.example", "Subject": "Anfrage", "Message-ID": "<a1@firma.example>"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    told.setdefault("Content-Type", 'text/plain; charset="utf-8"')
    told.setdefault("Content-Transfer-Encoding", "8bit")
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n")).encode()


OUTLOOK_FORWARD = """Bitte übernehmen, danke
Karin

Von: Beat Beispiel <beat@betrieb.example>
Gesendet: Montag, 2. März 2026 09:12
An: info@talentwerk.example
Betreff: Offerte HR-Software

Grüezi
Bitte um eine Offerte für 80 Personen.
Beat Beispiel
"""
GMAIL_FORWARD = """---------- Forwarded message ---------
Von: Cora Keller <cora@konzern.example>
Date: Mo., 2. März 2026 um 09:12
Subject: Demo
To: <info@talentwerk.example>


Können wir eine Demo sehen?
"""
CONTACT_FORM = """Neue Anfrage über das Kontaktformular

Name: Dora Dorf
Firma: Dorf & Söhne AG
E-Mail: dora@dorf.example
Telefon: 044 123 45 67
Nachricht: Ich interessiere mich für Ihr Produkt.
Bitte rufen Sie mich an.
"""
REPLY = """Ja, gerne am Dienstag.

Am Mo., 2. März 2026 um 09:12 Uhr schrieb Talentwerk <hallo@talentwerk.example>:
> Möchten Sie eine Demo?
> Ihr Team
"""
HTML = """<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><p>Guten&nbsp;Tag</p>
<p>Was kostet das f&uuml;r <b>50</b> Leute?</p><img src="https://tracker.example/x.gif"></body></html>"""
