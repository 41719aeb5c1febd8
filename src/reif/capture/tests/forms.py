"""Forms, mails and posts for tests."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from reif.capture.forms.form_file import Does, Field, Form, Forms, Option, Permission
from reif.channels.mails import Hours, Limits, Mail, Mails, Words
from reif.channels.tests.letters import HOUSE
from reif.kit.clock import travel
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import Draft

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
EMAIL = Field("email", "email", Words("E-Mail", "E-mail"), required=True)
COMPANY = Field("company", "text", Words("Unternehmen", "Company"), required=True, to="company.name")
MARKETING = Permission("marketing", Words("Ja, per Mail.", "Yes, by mail."), "2026-09")


def whitepaper(**changes: Any) -> Form:
    fields = {"title": Words("Whitepaper", "Whitepaper"), "fields": [EMAIL, COMPANY], "consents": [MARKETING],
              "after": Words("Danke! Bitte schauen Sie in Ihr Postfach.", "Thanks! Please look into your mailbox."),
              "gives": "mitarbeiterbindung"}  # fmt: skip
    return Form("whitepaper", **(fields | changes))


def webinar() -> Form:
    name = Field("name", "text", Words("Name", "Name"), to="person.name")
    return Form("webinar", fields=[EMAIL, name], consents=[MARKETING], does=Does("recruiting-trends"))


def everything() -> Form:
    """One field of each type."""
    size = Field(
        "size", "select", Words("Grösse", "Size"), to="company.size", options=[Option("50", Words("50", "50"))]
    )
    phone = Field("phone", "tel", Words("Telefon", "Phone"), to="person.phone")
    box = Field("news", "checkbox", Words("Neu", "New"), to="person.traits.news")
    hidden = Field("origin", "hidden", value="page", to="person.traits.origin")
    work = Field("email", "email", Words("E-Mail", "E-mail"), required=True, business=True)
    return Form("demo", fields=[work, size, phone, box, hidden])


def texts() -> Mails:
    body = Words("Bitte bestätigen: [Link]({{ link }})", "Please confirm: [link]({{ link }})")
    mails = [Mail(key, Words(key, key), "service", body=body) for key in ("confirm", "download", "registered")]
    return Mails(HOUSE, Limits(most=100, hours=Hours(0, 24)), mails)


def in_force(*forms: Form) -> None:
    apply(Draft.of(forms=Forms(list(forms) or [whitepaper(), webinar(), everything()]), mails=texts()))
    settle()


def a_browser(**cookies: str) -> Client:
    client = Client(headers={"user-agent": CHROME})
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def ticket_of(client: Client, slug: str = "whitepaper", query: str = "", **extra: Any) -> str:
    """Open the form and read its ticket."""
    page = client.get(f"/f/{slug}{query}", **extra).content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, page
    return found[1]


def fill(**fields: str) -> dict[str, str]:
    return {"email": "vera@firma.example", "company": "Firma AG", "consent_0": "on"} | fields


def send(client: Client, slug: str = "whitepaper", query: str = "", ticket: str = "", **fields: str) -> Any:
    """Open, wait as long as a person would, and post."""
    ticket = ticket or ticket_of(client, slug, query)
    with travel(timedelta(seconds=5)):
        return client.post(f"/f/{slug}/submissions", {"ticket": ticket} | fill(**fields))


def link_in(text: str, path: str = "c") -> str:
    found = re.search(rf"/{path}/[A-Za-z0-9_.\-]+", text)
    assert found, text
    return found[0]
