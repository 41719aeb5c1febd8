"""Invented content for the page that shows every component."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reif.kit.clock import now

STAGES = ["subscriber", "lead", "mql", "sal", "sql", "opportunity", "customer", "evangelist", "other"]
TONES = ["plain", "accent", "good", "warn", "bad", "info"]
PEOPLE = [
    ("Anna-Lena Müller", "Alpenhof Gruppe AG", "sql", 82, "A", "Jonas Weber", 12),
    ("Mehmet Yıldız", "Stadtwerke Aarau", "mql", 64, "B", "Jonas Weber", 95),
    ("Sophie Lefèvre", "Helvetia Bau GmbH", "opportunity", 91, "A", "Carla Bianchi", 240),
    ("Øyvind Sørensen", "Nordlicht Logistik", "lead", 28, "C", "", 1500),
    (
        "Katharina von Ballmoos-Zwahlen",
        "Bundesamt für Personal und Weiterbildung",
        "customer",
        77,
        "B",
        "Carla Bianchi",
        4400,
    ),
    ("info@kleinfirma.ch", "", "subscriber", 4, "D", "", 26000),
]
WEEKS = [format_lazy(_("Week {}"), week) for week in range(36, 48)]
STEPS = [("lead", 1840), ("mql", 612), ("sal", 388), ("sql", 214), ("opportunity", 121), ("customer", 47)]


def content() -> dict[str, Any]:
    moment = now()
    return {
        "stages": STAGES,
        "tones": TONES,
        "people": [_person(*row) for row in PEOPLE],
        "steps": STEPS,
        "points": [12, 14, 11, 18, 22, 19, 27, 31],
        "soon": moment + timedelta(minutes=42),
        "later": moment + timedelta(hours=7),
        "late": moment - timedelta(hours=3, minutes=20),
        "moment": moment,
        "yesterday": moment - timedelta(hours=26),
        "line": LINE,
        "area": AREA,
        "bars": BARS,
        "heatmap": HEATMAP,
        "sankey": SANKEY,
        "journey": JOURNEY,
    }


def _person(name: str, company: str, stage: str, score: int, grade: str, owner: str, minutes: int) -> dict[str, Any]:
    seen = now() - timedelta(minutes=minutes)
    return {
        "name": name,
        "company": company,
        "stage": stage,
        "score": score,
        "grade": grade,
        "owner": owner,
        "seen": seen,
    }


LINE = {
    "x": WEEKS,
    "series": [
        {"name": "2026", "values": [98, 112, 121, 108, 134, 151, 149, 162, 158, 181, 176, 203]},
        {"name": "2025", "values": [81, 79, 92, 99, 95, 104, 117, 111, 120, 118, 131, 128], "dashed": True},
    ],
    "marks": [{"at": WEEKS[5], "label": "Webinar"}],
}
AREA = {
    "x": WEEKS,
    "series": [
        {"name": "Blog", "values": [40, 44, 52, 47, 58, 61, 60, 66, 63, 70, 74, 82]},
        {"name": "Webinar", "values": [12, 18, 16, 14, 22, 41, 32, 30, 28, 34, 31, 38]},
        {"name": _("Trade fair"), "values": [22, 20, 24, 21, 26, 24, 28, 33, 31, 36, 30, 41]},
    ],
}
BARS = {
    "x": ["Blog", "Webinar", _("Trade fair"), _("Advert"), _("Partner")],
    "series": [{"name": "CHF", "values": [38, 61, 142, 118, 74]}],
    "lying": True,
}
HEATMAP = {
    "x": ["0", "1", "2", "3", "4", "5"],
    "y": [_("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov")],
    "cells": [[x, y, round(0.42 / (x + 1) + 0.03 * ((x * 7 + y * 3) % 4), 2)] for y in range(6) for x in range(6 - y)],
}
SANKEY = {
    "nodes": [
        {"name": name}
        for name in ("Blog", "Webinar", _("Trade fair"), "MQL", "SQL", _("Customer"), _("Nurtured again"))
    ],
    "links": [
        {"source": "Blog", "target": "MQL", "value": 320},
        {"source": "Webinar", "target": "MQL", "value": 210},
        {"source": _("Trade fair"), "target": "SQL", "value": 60},
        {"source": "MQL", "target": "SQL", "value": 214},
        {"source": "MQL", "target": _("Nurtured again"), "value": 316},
        {"source": "SQL", "target": _("Customer"), "value": 47},
    ],
}
JOURNEY = {
    "steps": [
        {
            "id": "start",
            "kind": "start",
            "title": _("Whitepaper confirmed"),
            "text": "person.confirmed",
            "counts": [{"label": _("started"), "value": 1284}],
        },
        {
            "id": "a",
            "kind": "mail",
            "title": _("Article: new HR tools"),
            "text": "hr-tools",
            "counts": [{"label": _("sent"), "value": 1240}, {"label": _("clicked"), "value": 214}],
        },
        {"id": "w", "kind": "wait", "title": _("7 days"), "text": _("on working days at 9")},
        {"id": "b", "kind": "branch", "title": _("Visited the price page?"), "text": _("in the last 14 days")},
        {
            "id": "c",
            "kind": "mail",
            "title": _("Invitation to a demo"),
            "text": "demo-invitation",
            "counts": [{"label": _("sent"), "value": 312}],
        },
        {
            "id": "d",
            "kind": "mail",
            "title": _("Invitation to the webinar"),
            "text": "webinar-recruiting",
            "counts": [{"label": _("sent"), "value": 841}],
        },
        {
            "id": "g",
            "kind": "goal",
            "title": _("Stage SQL"),
            "text": _("Goal"),
            "counts": [{"label": _("reached"), "value": 97}],
        },
    ],
    "links": [
        {"from": "start", "to": "a"},
        {"from": "a", "to": "w"},
        {"from": "w", "to": "b"},
        {"from": "b", "to": "c", "label": _("yes")},
        {"from": "b", "to": "d", "label": _("no")},
        {"from": "c", "to": "g"},
        {"from": "d", "to": "g"},
    ],
}
