"""The navigation: rooms register their entries when they are ready, the shell shows those that a role may open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text
else:
    Text = object

GROUPS: dict[str, tuple[int, Any]] = {
    "": (0, ""),
    "sell": (1, _("Sales")),
    "grow": (2, _("Marketing")),
    "learn": (3, _("Analysis")),
    "run": (4, _("Operation")),
}


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    key: str
    label: Text
    url_name: str
    icon: str
    roles: frozenset[str]
    order: int
    group: str
    keys: str
    count: Callable[[Any], int] | None


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page."""

    entry: Entry
    url: str
    current: bool
    user: Any

    @property
    def counted(self) -> bool:
        """Is there a number at all, be it zero?"""
        return self.entry.count is not None

    @cached_property
    def count(self) -> int:
        """The number in the badge; asked once, and only when the shell is drawn."""
        return self.entry.count(self.user) if self.entry.count else 0


@dataclass(frozen=True)
class Group:
    """Links under one heading."""

    key: str
    label: Text
    links: list[Link]


_entries: dict[str, Entry] = {}


def entry(
    key: str,
    label: Text,
    url_name: str,
    icon: str,
    roles: Iterable[str] = (),
    order: int = 100,
    group: str = "",
    keys: str = "",
    count: Callable[[Any], int] | None = None,
) -> None:
    """Register a line: `roles` empty means everybody, `keys` is the keyboard way ("g p"), `count(user)` the badge.

    Groups: "" (top), "sell", "grow", "learn", "run". Registering a key again replaces it.
    """
    if group not in GROUPS:
        raise ValueError(f"Unknown navigation group {group!r}; there are {', '.join(filter(None, GROUPS))}.")
    _entries[key] = Entry(key, label, url_name, icon, frozenset(roles), order, group, keys, count)


def entries() -> list[Entry]:
    """All lines in the order of the shell."""
    return sorted(_entries.values(), key=lambda line: (GROUPS[line.group][0], line.order, line.key))


def entries_for(user: Any, path: str = "") -> list[Link]:
    """The lines this person may open; the one whose address is the longest start of `path` is current."""
    may = [line for line in entries() if not line.roles or user.role in line.roles]
    urls = [(line, url) for line in may if (url := _address(line))]
    here = max((url for _line, url in urls if _within(path, url)), key=len, default="")
    return [Link(line, url, url == here, user) for line, url in urls]


def groups_for(user: Any, path: str = "") -> list[Group]:
    """The same, under their headings."""
    links = entries_for(user, path)
    keys = dict.fromkeys(link.entry.group for link in links)
    return [Group(key, GROUPS[key][1], [link for link in links if link.entry.group == key]) for key in keys]


def _address(line: Entry) -> str:
    try:
        return reverse(line.url_name)
    except NoReverseMatch:  # a room that is not installed has no page to offer
        return ""


def _within(path: str, url: str) -> bool:
    return path == url if url == "/" else path == url or path.startswith(url.rstrip("/") + "/")
