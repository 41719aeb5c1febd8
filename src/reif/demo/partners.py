"""Leads that came from elsewhere in the last weeks: lead ads, a calendar, a partner; and what went wrong once or twice."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import translation

from reif.capture.intake.mail.take import take_mail
from reif.capture.intake.open import enter, open_connection
from reif.capture.intake.presets import PRESETS
from reif.capture.intake.receive import receive
from reif.capture.intake.verify import Refused, Sent, signed
from reif.capture.models.intake import Connection
from reif.channels.imap.poll import Incoming
from reif.demo.companies import Firm
from reif.demo.draw import at_office_hour, words
from reif.demo.history import History
from reif.demo.people import Someone, make_people
from reif.kit.clock import now
from reif.log.append import writing
from reif.staff.models import User

NAMES = {"meta": "Lead Ads HR-Leitung", "google": "Google Ads: HR-Software", "calendly": "Erstgespräch buchen"}
CAMPAIGNS = ("Herbst HR-Leitung", "Retargeting Whitepaper", "Lookalike Kunden")
BOX = "anfrage@talentwerk.example"
SIZES = ("11–50", "51–200", "201–500")


def connect_partners(history: History, firms: list[Firm], count: int, by: User, end: datetime) -> None:
    """Three connections, and up to 36 leads in the last 26 days. Planned, so that they come in their turn."""
    random = Random(f"partners {count}")  # noqa: S311 - a story, not a secret
    opened = at_office_hour(random, (end - timedelta(days=27)).date())
    there: dict[str, Connection] = {}
    history.plan(opened, _open, there, by)
    leads = make_people(random, firms, min(36, 6 + count // 40), end)
    for number, someone in enumerate(leads):
        kind = random.choices(list(NAMES), (5, 3, 2))[0]
        came = at_office_hour(random, (end - timedelta(days=random.randrange(25))).date())
        history.plan(min(came, end - timedelta(minutes=9 + number)), _bring, there, kind, someone, number)
    history.plan(at_office_hour(random, (end - timedelta(days=3)).date()), _stumble, there)
    for number, raw in enumerate(letters(words()["letter"])):
        history.plan(at_office_hour(random, (end - timedelta(days=2 + 3 * number)).date()), _write, raw)


def _open(there: dict[str, Connection], by: User) -> None:
    with translation.override("de"):
        for key, name in NAMES.items():
            there[key], _made = open_connection(PRESETS[key], name, by.pk)
    enter(there["meta"], {"app_secret": "demo-app-secret", "access_token": "demo-access-token"})


def _bring(there: dict[str, Connection], kind: str, someone: Someone, number: int) -> None:
    """The call as the platform would send it, signed with the connection's secret."""
    body = {"meta": _meta, "google": _google, "calendly": _calendly}[kind](there[kind], someone, number)
    _send(there[kind], body)


def _stumble(there: dict[str, Connection]) -> None:
    """Somebody guesses, a test is sent, and a lead comes without an address."""
    nobody = Someone(0, "Test", "Lead", "test@firma.example", "", None, "de", {}, "cold", "", now())
    _send(there["google"], _google(there["google"], nobody, 9001) | {"is_test": True})
    broken = _google(there["google"], nobody, 9002)
    broken["user_column_data"] = [{"column_id": "FULL_NAME", "string_value": "Marlies Roth"},
                                  {"column_id": "WORK_EMAIL", "string_value": "marlies.roth(at)roth.example"}]  # fmt: skip
    _send(there["google"], broken)
    _send(there["google"], _google(there["google"], nobody, 9003) | {"google_key": "geraten"})


def letters(rows: list[dict[str, str]]) -> list[bytes]:
    """The mails of words.toml, as bytes of the wire."""
    found = []
    for number, row in enumerate(rows):
        told = {
            "From": row["from"],
            "To": BOX,
            "Subject": row["subject"],
            "Message-ID": f"<brief-{number}@demo.example>",
        }
        told |= {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}
        told |= {"Auto-Submitted": row["automatic"]} if "automatic" in row else {}
        head = "\r\n".join(f"{name}: {value}" for name, value in told.items())
        found.append(f"{head}\r\n\r\n{row['text']}".encode())
    return found


def _write(raw: bytes) -> None:
    with writing():
        take_mail(Incoming(raw, len(raw), BOX))


def _meta(connection: Connection, someone: Someone, number: int) -> dict[str, Any]:
    answers = {"email": someone.email, "full_name": f"{someone.first_name} {someone.last_name}", "job_title": someone.job_title,
               "company_name": someone.company_name, "wie_viele_mitarbeitende?": SIZES[number % 3]}  # fmt: skip
    value = {
        "leadgen_id": str(770000000000000 + number), "page_id": "104000000000001", "form_id": "90210", "platform": "ig" if number % 3 else "fb",
        "campaign_name": CAMPAIGNS[number % 3], "created_time": int(now().timestamp()),
        "field_data": [{"name": name, "values": [told]} for name, told in answers.items() if told],
    }  # fmt: skip
    return {"object": "page", "entry": [{"id": "104000000000001", "changes": [{"field": "leadgen", "value": value}]}]}


def _google(connection: Connection, someone: Someone, number: int) -> dict[str, Any]:
    answers = {"FULL_NAME": f"{someone.first_name} {someone.last_name}", "WORK_EMAIL": someone.email,
               "COMPANY_NAME": someone.company_name, "JOB_TITLE": someone.job_title}  # fmt: skip
    return {
        "lead_id": f"TeSter-{number:05d}", "form_id": 48700001, "campaign_id": 20411001 + number % 2, "api_version": "1.0",
        "google_key": connection.secrets["google_key"], "gcl_id": f"EAIaIQob{number:05d}", "is_test": False,
        "user_column_data": [{"column_id": name, "string_value": told} for name, told in answers.items() if told],
    }  # fmt: skip


def _calendly(connection: Connection, someone: Someone, number: int) -> dict[str, Any]:
    payload = {
        "uri": f"https://api.calendly.com/scheduled_events/A/invitees/{number}", "email": someone.email,
        "first_name": someone.first_name, "last_name": someone.last_name, "timezone": "Europe/Zurich",
        "tracking": {"utm_source": "linkedin" if number % 2 else None},
        "questions_and_answers": [{"question": "Unternehmen", "answer": someone.company_name, "position": 0}],
    }  # fmt: skip
    return {"event": "invitee.created", "created_at": now().isoformat(), "payload": payload}


def _send(connection: Connection, body: dict[str, Any]) -> None:
    raw, secrets = json.dumps(body, ensure_ascii=False).encode(), connection.secrets
    headers = {"content-type": "application/json", "user-agent": "demo"}
    if connection.kind == "meta":
        headers["x-hub-signature-256"] = "sha256=" + signed(secrets["app_secret"], raw)
    elif connection.kind == "json":
        stamp = str(int(now().timestamp()))
        headers["calendly-webhook-signature"] = f"t={stamp},v1={signed(secrets['secret'], f'{stamp}.'.encode() + raw)}"
    try:
        receive(connection, Sent("POST", f"/in/{connection.key}", headers, raw))
    except Refused:
        return
