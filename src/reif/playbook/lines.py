"""On which line of a TOML file does a key stand? tomllib does not say, so this reads the places and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

Path = tuple[str | int, ...]
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""{1,3}(?!")|\'\'\'.*?\'\'\'{1,3}(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.S
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def lines(text: str) -> dict[Path, int]:
    """The line of each key and list entry of a TOML text that tomllib accepts. Lines count from 1."""
    return _Places(text).found


def line_of(places: dict[Path, int], path: Sequence[str | int]) -> int:
    """The line of a path, or of the nearest thing around it; 1 when nothing of it is there."""
    path = tuple(path)
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


class _Places:
    """One pass over the text: statements at the outer level, lists and inline tables inside values."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Path, int] = {}
        self._entries: dict[Path, int] = {}
        self._counted, self._line = 0, 1
        table: Path = ()
        self._skip(_GAP)
        while self.at < len(text):
            table = self._header() if text[self.at] == "[" else self._statement(table)
            self._skip(_GAP)

    def _header(self) -> Path:
        many = self.text.startswith("[[", self.at)
        here, self.at = self._here(), self.at + (2 if many else 1)
        keys = self._keys()
        self.at += 2 if many else 1
        table = (*self._inside((), keys[:-1], here), keys[-1])
        self.found.setdefault(table, here)
        if many:
            number = self._entries[table] = self._entries.get(table, -1) + 1
            table = (*table, number)
            self.found[table] = here
            return table
        return (*table, self._entries[table]) if table in self._entries else table

    def _statement(self, table: Path) -> Path:
        self._pair(table)
        return table

    def _pair(self, table: Path) -> None:
        here = self._here()
        keys = self._keys()
        path = (*self._inside(table, keys[:-1], here), keys[-1])
        self.found[path] = here
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _inside(self, path: Path, keys: list[str], here: int) -> Path:
        for key in keys:
            path = (*path, key)
            self.found.setdefault(path, here)
            if path in self._entries:
                path = (*path, self._entries[path])
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            if self.text[self.at] in "\"'":
                keys.append(tomllib.loads(f"k = {self._take(_STRING)}")["k"])
            else:
                keys.append(self._take(_BARE_KEY))
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _value(self, path: Path) -> None:
        match self.text[self.at]:
            case "[":
                self._list(path)
            case "{":
                self._table(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_SCALAR)

    def _list(self, path: Path) -> None:
        number = 0
        self.at += 1
        while self._next("]"):
            self.found[(*path, number)] = self._here()
            self._value((*path, number))
            number += 1

    def _table(self, path: Path) -> None:
        self.at += 1
        while self._next("}"):
            self._pair(path)

    def _next(self, end: str) -> bool:
        """Move to the next entry of a list or inline table; False, and past its end, when there is none."""
        self._skip(_GAP)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_GAP)
        if self.text[self.at] == end:
            self.at += 1
            return False
        return True

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = found.end()
        return found[0]

    def _here(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line
