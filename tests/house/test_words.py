"""Two languages, both complete."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation import trim_whitespace

from tests.house.tree import SOURCE, name

ROOMS = sorted(p.parent for p in SOURCE.glob("*/__init__.py") if p.parent.name not in ("kit", "door", "cli"))
CATALOGUES = sorted(SOURCE.glob("*/locale/de/LC_MESSAGES/django.po"))
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}


def _known() -> set[str]:
    import django

    found: set[str] = set()
    extra = [Path(django.__file__).parent / "conf/locale/de/LC_MESSAGES/django.po"]
    for path in [*CATALOGUES, *extra]:
        with path.open("rb") as read:
            for message in read_po(read, locale="de"):
                found |= (
                    set(message.id if isinstance(message.id, tuple) else (message.id,)) if message.string else set()
                )
    return found


def _used(room: Path) -> set[str]:
    used: set[str] = set()
    for path in room.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for _line, function, message, _comments in extract_python(BytesIO(path.read_bytes()), KEYWORDS, [], {}):
            words = message if isinstance(message, tuple) else (message,)
            first = 1 if function.startswith("pgettext") else 0
            used |= {w for w in words[first : first + 1] if w}
    return used | _in_templates(room)


def _in_templates(room: Path) -> set[str]:
    import re

    used: set[str] = set()
    tag = re.compile(r"{%\s*(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')")
    block = re.compile(
        r"{%\s*(blocktranslate|blocktrans)\b([^%]*)%}(.*?)(?:{%\s*plural\s*%}.*?)?{%\s*endblocktrans(?:late)?\s*%}",
        re.S,
    )
    for path in room.rglob("*.html"):
        text = path.read_text()
        used |= {found[1:-1] for found in tag.findall(text)}
        for _tag, options, body in block.findall(text):
            words = trim_whitespace(body) if "trimmed" in options else body
            used.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", words.replace("%", "%%")) if "{{" in words else words)
    return used


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_text_has_german_words(room: Path) -> None:
    missing = sorted(_used(room) - _known())
    assert not missing


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_each_text_is_translated_once(path: Path) -> None:
    """Of two, nobody knows which one a reader gets: catalogues are merged line by line."""
    entries = ["\n".join(_spoken(entry)) for entry in path.read_text().split("\n\n")]
    assert [entry for entry, times in Counter(entries).items() if times > 1] == []


def _spoken(entry: str) -> list[str]:
    """The lines that say what is translated, without remarks and without the translation."""
    lines = takewhile(lambda line: not line.startswith("msgstr"), entry.splitlines())
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_german_is_swiss_and_finished(path: Path) -> None:
    with path.open("rb") as read:
        catalogue = read_po(read, locale="de")
    wrong = [
        m.id
        for m in catalogue
        if m.id and (m.fuzzy or not m.string or not all(m.string if isinstance(m.string, tuple) else [m.string]))
    ]
    assert not wrong
    assert "ß" not in path.read_text()


def test_a_text_says_the_same_in_every_room() -> None:
    """The rooms share one catalogue at run time, so two translations of one text would be decided by the order of the rooms."""
    meanings: dict[tuple[object, object], set[object]] = {}
    for path in CATALOGUES:
        with path.open("rb") as read:
            for message in read_po(read, locale="de"):
                meanings.setdefault((message.context, message.id), set()).add(message.string)
    assert not {key: words for key, words in meanings.items() if key[1] and len(words) > 1}
