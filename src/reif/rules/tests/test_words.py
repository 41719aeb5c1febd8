"""The sentences that people read."""

from __future__ import annotations

import pytest

from reif.log.catalogue import CATALOGUE
from reif.rules.decode import decode
from reif.rules.happenings import HAPPENINGS
from reif.rules.words import say


@pytest.mark.parametrize(
    ("said", "german", "english"),
    [
        (
            {
                "all": [
                    {"field": "company.size", "op": ">=", "value": 50},
                    {"did": "page.viewed", "topic": "/preise", "within": "30d"},
                ]
            },
            "Firmengrösse ist mindestens 50 und war in den letzten 30 Tagen auf /preise",
            "Company size is at least 50 and has visited /preise in the last 30 days",
        ),
        (
            {"not": {"did": "webinar.registered"}},
            "Hat sich nie zu einem Webinar angemeldet",
            "Has never registered for a webinar",
        ),
        (
            {"not": {"did": "form.submitted", "topic": "demo", "at_least": 2}},
            "Hat weniger als 2-mal das Formular «demo» abgesendet",
            "Has submitted the form “demo” fewer than 2 times",
        ),
        (
            {"not": {"field": "country", "op": "is", "value": "CH"}},
            "Land ist nicht Schweiz oder fehlt",
            "Country is not Switzerland or is missing",
        ),
        (
            {
                "any": [
                    {"field": "country", "op": "one of", "value": ["CH", "AT", "DE"]},
                    {"field": "consent", "op": "is", "value": False},
                ]
            },
            "Land ist Schweiz, Österreich oder Deutschland oder hat nicht in Marketing eingewilligt",
            "Country is Switzerland, Austria or Germany or has not consented to marketing",
        ),
        (
            {
                "all": [
                    {"field": "company.size", "op": "between", "value": [50, 5000]},
                    {
                        "any": [
                            {"field": "stage", "op": "is", "value": "mql"},
                            {"field": "job_title", "op": "contains", "value": "Leit"},
                        ]
                    },
                ]
            },
            "Firmengrösse liegt von 50 bis 5’000 und (Stufe ist MQL oder Funktion enthält «Leit»)",
            "Company size is from 50 to 5,000 and (Stage is MQL or Job title contains “Leit”)",
        ),
        (
            {"field": "created_at", "op": "after", "value": "2026-01-31"},
            "Erfassung liegt nach 31.01.2026",
            "Creation is after 31 January 2026",
        ),
        ({"all": []}, "Alle", "Everybody"),
        ({"any": []}, "Niemand", "Nobody"),
    ],
)
def test_sentences(said: object, german: str, english: str) -> None:
    assert say(decode(said), "de") == german
    assert say(decode(said), "en") == english


def test_users_are_called_by_name() -> None:
    rule = decode({"field": "owner", "op": "is", "value": 7})
    assert say(rule, "de", {7: "Vera Brunner"}) == "Zuständig ist Vera Brunner"
    assert say(rule, "de") == "Zuständig ist Nr. 7"


def test_every_kind_of_event_has_words() -> None:
    assert set(HAPPENINGS) == set(CATALOGUE)
    for words in HAPPENINGS.values():
        assert words.de.count("{}") == words.en.count("{}") == 1
        assert "ß" not in "".join(words)
