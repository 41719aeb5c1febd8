"""Every kind of event in words: what somebody has done, with the topic and without."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Happening(NamedTuple):
    """A table of happenings.toml. `aux` is the German auxiliary; `label_*` is the kind's name in lists and forms."""

    aux: str
    de: str
    de_any: str
    en: str
    en_any: str
    label_de: str
    label_en: str


_TABLES = tomllib.loads((Path(__file__).parent / "happenings.toml").read_text("utf-8"))
HAPPENINGS: dict[str, Happening] = {kind: Happening(**words) for kind, words in _TABLES.items()}


def happening(kind: str) -> Happening:
    """The words of a kind; one that the table does not know yet is called by its name."""
    if known := HAPPENINGS.get(kind):
        return known
    return Happening("hat", f"{kind} {{}} ausgelöst", f"{kind} ausgelöst", f"{kind} {{}}", kind, kind, kind)


def label(kind: str, language: str) -> str:
    """The kind's name for lists and forms."""
    found = happening(kind)
    return found.label_de if language.startswith("de") else found.label_en
