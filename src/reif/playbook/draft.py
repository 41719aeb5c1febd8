"""A draft: a folder of files, read and decoded, with all that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from reif.playbook.lines import line_of, lines
from reif.playbook.plain import canonical, hash_of, plain
from reif.playbook.problem import Problem
from reif.playbook.section import Section, sections
from reif.playbook.shape import build, instead, misfits


class Draft:
    """Ways of working that are not in force yet. `draft["scoring"]` is a struct, empty when there is no file."""

    def __init__(
        self, structs: Mapping[str, Any], texts: Mapping[str, str] = {}, problems: Iterable[Problem] = ()
    ) -> None:
        self._structs, self.texts, self.problems = dict(structs), dict(texts), list(problems)
        self._places: dict[str, dict[tuple[str | int, ...], int]] = {}

    @classmethod
    def of(cls, **structs: msgspec.Struct) -> Draft:
        """From structs, for pages and tests; sections not given are empty."""
        return cls(structs)

    def __getitem__(self, name: str) -> Any:
        if name not in self._structs:
            self._structs[name] = sections()[name].struct()
        return self._structs[name]

    def with_(self, **structs: msgspec.Struct) -> Draft:
        """The same with some sections replaced."""
        return Draft({**self._structs, **structs}, self.texts, self.problems)

    def with_text(self, name: str, text: str) -> Draft:
        """The same with one section read anew from the text of its file."""
        read = read_texts({name: text})
        return Draft({**self._structs, name: read[name]}, {**self.texts, name: text}, [*self.problems, *read.problems])

    def problem(self, section: str, path: Sequence[str | int], sentence: str, remedy: str = "") -> Problem:
        """A problem at a path of keys and list numbers, as they stand in the file: `("rule", 0, "group")`."""
        if section not in self._places:
            self._places[section] = lines(self.texts.get(section, ""))
        return Problem(f"{section}.toml", line_of(self._places[section], path), sentence, remedy)

    def plain(self) -> dict[str, Any]:
        """All sections as JSON would say them, defaults left out; empty sections are not there."""
        shown = {name: plain(self[name]) for name in sorted(sections())}
        return {name: said for name, said in shown.items() if said}

    @property
    def hash(self) -> str:
        """The hash of the revision that it would be."""
        return hash_of(canonical(self.plain()))


def read_folder(folder: Path) -> Draft:
    """Every `<section>.toml` of a folder. What cannot be read is in `problems`."""
    if not folder.is_dir():
        sentence = _("There is no folder “%(folder)s”.") % {"folder": folder}
        return Draft({}, {}, [Problem(str(folder), 1, sentence, _("Name a folder with files such as scoring.toml."))])
    files = sorted(folder.glob("*.toml"))
    strange = [_strange(file) for file in files if file.stem not in sections()]
    if not files:
        sentence = _("There is no playbook in “%(folder)s”.") % {"folder": folder}
        remedy = _("A playbook is a folder with files such as scoring.toml.")
        strange = [Problem(str(folder), 1, sentence, remedy)]
    return read_texts({file.stem: _text(file) for file in files if file.stem in sections()}, strange)


def read_texts(texts: Mapping[str, str], problems: Iterable[Problem] = ()) -> Draft:
    """From the text of each section's file."""
    draft = Draft({}, texts, problems)
    for name, text in texts.items():
        _read(draft, sections()[name], text)
    return draft


def read_plain(said: Mapping[str, Any]) -> Draft:
    """From what a revision stores."""
    known = sections()
    return Draft({name: build(value, known[name].struct) for name, value in said.items() if name in known})


def _read(draft: Draft, section: Section, text: str) -> None:
    file = f"{section.name}.toml"
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        draft.texts.pop(section.name)
        draft.problems.append(_not_toml(file, text, error))
        return
    found = misfits(said, section.struct)
    if not found:
        draft._structs[section.name] = build(said, section.struct)
    draft.problems.extend(draft.problem(section.name, m.path, m.sentence, m.remedy) for m in found)


def _not_toml(file: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    words = str(error)
    _before, _at, place = words.rpartition("(at line ")
    line = int(place.split(",")[0]) if place[:1].isdigit() else text.count("\n") + 1
    sentence = _("This is not valid TOML: %(error)s.") % {"error": words.split(" (at ")[0]}
    return Problem(
        file, line, sentence, _("Compare the line with the neighbouring ones: quotes, brackets, equals sign.")
    )


def _strange(file: Path) -> Problem:
    sentence = _("No section of the playbook is called “%(name)s”.") % {"name": file.stem}
    return Problem(file.name, 1, sentence, instead(file.stem, list(sections())))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
