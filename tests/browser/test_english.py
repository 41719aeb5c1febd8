"""Who reads English is shown no German: nothing of the house's catalogue, and no name that the playbook has in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from babel.messages.pofile import read_po

from tests.browser.pages import DESK
from tests.browser.places import Places
from tests.walks.house import House
from tests.walks.page import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).resolve().parents[2]
SHOWN = ("title", "placeholder", "aria-label", "alt", "label", "data-live")
SILENT = {"script", "style", "code", "textarea", "option", "blockquote"}
"""option: choices carry the words of their content; blockquote: what was shown to somebody, as it was."""
CONTENT = re.compile(r"[\w.-]+@|/|\.toml")
HOLE = re.compile(r"%\(\w+\)[sd]|%%")
WRITTEN = {"mails", "consent"}
"""Sections whose words were written to people, and are shown as these people read them."""
TITLES = {"Datenschutz", "Demo vereinbaren", "Impressum", "Preise", "Die Seite, wie sie ist"}
"""Of the demo company's pages."""
MEANT = {"Deutsch", "Marketing", "Name", "Journey", "Deal", "Playbook"}
"""Names of languages in themselves, and words that both languages have."""


class Told(HTMLParser):
    """Every text that a page shows or reads out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts |= {value.strip() for name, value in attrs if name in SHOWN and value}
        if tag in SILENT:
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and (text := " ".join(data.split())):
            self.texts.add(text)


@cache
def catalogue() -> tuple[frozenset[str], re.Pattern[str]]:
    """What is German only: whole sentences, and a pattern of those with something in them."""
    german: set[str] = set()
    english: set[str] = set()
    for path in ROOT.glob("src/reif/*/locale/de/LC_MESSAGES/django.po"):
        with path.open("rb") as read:
            for message in read_po(read, locale="de"):
                german |= set(_strings(message.string))
                english |= set(_strings(message.id))
    plain = {text for text in german - english - MEANT - TITLES if not HOLE.search(text)}
    holed = {text for text in german - english if HOLE.search(text) and len(re.sub(HOLE, "", text).split()) > 2}
    patterns = (
        "".join(".+" if HOLE.fullmatch(part) else re.escape(part) for part in re.split(f"({HOLE.pattern})", t))
        for t in holed
    )
    return frozenset(plain | playbook() - TITLES), re.compile("|".join(sorted(patterns)))


def _strings(one: Any) -> list[str]:
    return [text for text in (one if isinstance(one, (tuple, list)) else (one,)) if text]


def playbook() -> set[str]:
    """Names that the demo's ways of working have in both languages, in German."""
    files = sorted(path for path in (ROOT / "playbooks/hr_software").glob("*.toml") if path.stem not in WRITTEN)
    pairs = list(_pairs([tomllib.loads(path.read_text()) for path in files]))
    return {german for german, _english in pairs} - {english for _german, english in pairs}


def _pairs(part: Any) -> Iterator[tuple[str, str]]:
    match part:
        case {"de": str(german), "en": str(english)}:
            yield german, english
        case dict():
            for inner in part.values():
                yield from _pairs(inner)
        case list():
            for inner in part:
                yield from _pairs(inner)


def german_in(page: str) -> list[str]:
    told = Told()
    told.feed(page)
    whole, holed = catalogue()
    return sorted(text for text in told.texts if text in whole or (holed.fullmatch(text) and not CONTENT.search(text)))


@pytest.fixture(scope="module")
def readers(house: House) -> Iterator[dict[str, httpx.Client]]:
    """Somebody of each role who reads English; they read German again afterwards."""
    clients = {role: sign_in(house.base, f"{role}@demo.example") for role in DESK}
    for client in clients.values():
        speak(client, "en")
    yield clients
    for client in clients.values():
        speak(client, "de")


def speak(client: httpx.Client, language: str) -> None:
    sent = {"language": language, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    assert client.post("/language", data=sent, headers={"Referer": f"{client.base_url}/"}).status_code == 200


@pytest.mark.parametrize(("role", "address"), [(role, a) for role, some in DESK.items() for a in some])
def test_no_german_is_left(role: str, address: str, readers: dict[str, httpx.Client], places: Places) -> None:
    answer = readers[role].get(places.fill(address))
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert german_in(answer.text) == []


def test_german_is_found_where_it_is() -> None:
    assert german_in(
        '<p>Entwurf verwerfen</p><p title="Regel «Preise» nannte sie">x</p><option>Verwerfen</option>'
    ) == ["Entwurf verwerfen"]
