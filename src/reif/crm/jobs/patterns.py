"""Groups of patterns from titles.toml, as expressions over the words of a title."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_SMALL = (
    r"(?:(?: (?:der|des|die|dem|den|von|fuer|in|im|zu|zur|zum|of|the|to|for|and|und|a|an|"
    r"de|du|d|la|le|les|l|en|au|aux|et|di|del|della|dei|delle|dello|degli|dell|al|alla|alle|e|ed|per))*)"
)
FOREIGN = ("french", "italian")
"""Their patterns stand beside the German and English ones; their words are never taken for misspelt German."""


class Group(NamedTuple):
    """A level or a department. weak: only when nothing stronger is named, 2 more so than 1. strong: takes over from
    what stands before it."""

    key: str
    patterns: re.Pattern[str]
    unless: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    weak: int
    strong: bool

    def search(self, text: str) -> re.Match[str] | None:
        if self.behind and (led := self.behind.search(text)):
            text = text[: led.start()]
        return self.patterns.search(self._meant(text))

    def follows(self, text: str, start: int) -> re.Match[str] | None:
        """The pattern that begins exactly there."""
        return self.patterns.match(self._meant(text), start)

    def _meant(self, text: str) -> str:
        return self.unless.sub(lambda found: "·" * len(found[0]), text) if self.unless else text


def group(said: dict[str, Any]) -> Group:
    """As it stands in the file."""
    unless, behind = (re.compile(_either(said[name])) if said.get(name) else None for name in ("unless", "behind"))
    patterns = re.compile(_either(" | ".join(said[name] for name in ("patterns", *FOREIGN) if name in said)))
    return Group(said["key"], patterns, unless, behind, said.get("weak", 0), bool(said.get("strong")))


def single(groups: list[dict[str, Any]]) -> list[str]:
    """The German and English patterns of one word, of all groups."""
    return [one.strip("=") for said in groups for one in _patterns(said.get("patterns", "")) if " " not in one]


def _either(patterns: str) -> str:
    """One expression for all patterns: whole words, a star for any letters, the longest first."""
    joined = "|".join(_words(p) for p in sorted(set(_patterns(patterns)), key=len, reverse=True))
    return rf"(?<= )(?:{joined})(?= )"


def _patterns(said: str) -> list[str]:
    return [p.strip() for p in said.replace("\n", " ").split("|") if p.strip()]


def _words(pattern: str) -> str:
    """A star at a word's beginning or end is any letters there; alone it is any word; a tilde any small words."""
    words = ""
    for word in pattern.strip("=").split():
        if word == "~":
            words += _SMALL
        else:
            words += (" " if words else "") + (r"\w+" if word == "*" else re.escape(word).replace(r"\*", r"\w*"))
    return rf"(?<=^ ){words}(?= $)" if pattern.startswith("=") else words
