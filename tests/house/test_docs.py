"""What the documents name exists: settings, links, commands, and each page for users in both languages."""

from __future__ import annotations

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reif.cli import parser
from reif.rules.decode import decode
from tests.house.tree import ROOT, name, tracked

PAGES = [p for p in tracked("*.md") if "playbooks" not in p.parts]
FENCE = re.compile(r"^(`{3,})(\S*)[^\n]*\n(.*?)^\1`*[ \t]*$", re.M | re.S)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)|\b(?:src|srcset|href)=\"([^\"\s]+)\"")
SHELL = ("", "sh", "bash", "ini", "console")


class Fence(NamedTuple):
    language: str
    text: str


def fences(page: Path) -> list[Fence]:
    return [Fence(language, text) for _ticks, language, text in FENCE.findall(page.read_text())]


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return FENCE.sub("", page.read_text())


def test_there_are_pages_to_look_at() -> None:
    assert ROOT / "README.md" in PAGES
    assert len(PAGES) > 20


# -- Settings


def _settings() -> set[str]:
    sources = [p for p in tracked("src/*.py") if "tests" not in p.parts]
    return {found for p in sources for found in re.findall(r"\bREIF_[A-Z][A-Z_]+\b", p.read_text())}


def test_every_setting_that_the_code_reads_is_in_the_reference() -> None:
    told = set(re.findall(r"^- `(\w+)`: \S", (ROOT / "docs/reference/settings.md").read_text(), re.M))
    assert _settings()
    assert not _settings() - told


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_only_settings_that_exist(page: Path) -> None:
    named = set(re.findall(r"\bREIF_[A-Z][A-Z_]+\b", page.read_text()))
    assert not named - _settings() - {"REIF_TEST_PG", "REIF_TEST_ANEW"}


# -- Links


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = SPAN.sub("", prose(page))
    links = [plain or html for plain, html in LINK.findall(text)]
    assert not [link for link in links if not _leads_somewhere(page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _hash, anchor = link.partition("#")
    goal = (page.parent / path).resolve() if path else page
    if not goal.exists() or ROOT not in (goal, *goal.parents):
        return False
    return not anchor or anchor in _anchors(goal)


def _anchors(page: Path) -> set[str]:
    """As GitHub makes them: small letters, no signs, hyphens for blanks."""
    headings = re.findall(r"^#+ +(.+?) *$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# -- Two languages


def test_each_page_for_users_has_a_twin_in_the_other_language() -> None:
    german, english = ({p.name for p in tracked(f"docs/use/{lang}/*.md")} for lang in ("de", "en"))
    assert german
    assert german == english


@pytest.mark.parametrize("page", tracked("docs/use/de/*.md"), ids=name)
def test_twins_have_the_same_shape(page: Path) -> None:
    twin = ROOT / "docs/use/en" / page.name
    assert len(re.findall(r"^#+ ", prose(page), re.M)) == len(re.findall(r"^#+ ", prose(twin), re.M))
    assert "ß" not in page.read_text()


# -- Examples


EXAMPLES = [(page, fence.text) for page in PAGES for fence in fences(page) if fence.language == "toml"]


@pytest.mark.parametrize(("page", "text"), EXAMPLES, ids=[name(page) for page, _text in EXAMPLES])
def test_examples_of_files_can_be_read(page: Path, text: str) -> None:
    """Conditions in them too: a field, an operator or an event that does not exist is refused."""
    for condition in _conditions(tomllib.loads(text)):
        decode(condition)


def _conditions(part: Any) -> Iterator[Any]:
    if isinstance(part, list):
        for one in part:
            yield from _conditions(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("when", "goal", "exit_when", "branch"):
                yield value
            else:
                yield from _conditions(value)


# -- Commands


def _typed(page: Path) -> Iterator[str]:
    """Every command of ours in the blocks of a page, without its comment and what it is piped into."""
    for fence in fences(page):
        if fence.language in SHELL:
            yield from re.findall(r"(?:^|\s|bin/)reif +([a-z][^\n]*?)(?=\s+#|\s*\||\s+&&|;|$)", fence.text, re.M)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_can_be_typed(page: Path) -> None:
    assert not [f"reif {words}" for words in _typed(page) if not _understood(words)]


def _understood(words: str) -> bool:
    given = re.split(r"\s[<>]", re.sub(r"\[.*?\]", "", words))[0]
    try:
        parser().parse_args(shlex.split(given))
    except SystemExit:
        return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_sentences_exist(page: Path) -> None:
    named = [span.split()[1:] for span in SPAN.findall(prose(page)) if re.match(r"reif [a-z]", span)]
    assert not [" ".join(words) for words in named if not _begins_a_command(words, parser())]


def _begins_a_command(words: list[str], here: argparse.ArgumentParser) -> bool:
    """The words lead down the tree of commands as far as it goes."""
    below = next((a.choices for a in here._actions if isinstance(a, argparse._SubParsersAction)), None)
    if below is None or not words:
        return True
    return words[0] in below and _begins_a_command(words[1:], below[words[0]])


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_knows_its_targets(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    code = [f.text for f in fences(page) if f.language in SHELL] + SPAN.findall(prose(page))
    named = {target for text in code for target in re.findall(r"(?:^|&& )make ([a-z-]+)", text, re.M)}
    assert not named - targets


def test_the_commands_we_look_for_are_found() -> None:
    typed = {words.split()[0] for page in PAGES for words in _typed(page)}
    assert {"demo", "up", "playbook", "doctor"} <= typed
