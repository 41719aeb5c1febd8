"""The shape of one file of a playbook. Each phase registers its own in its `section.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import msgspec
from django.apps import apps

if TYPE_CHECKING:
    from reif.playbook.draft import Draft
    from reif.playbook.problem import Problem

Check = Callable[["Draft"], Iterable["Problem"]]
Preview = Callable[["Draft", Sequence[int]], Iterable[str]]


@dataclass(frozen=True)
class Section:
    """`name`: the file is `<name>.toml`. `struct`: its shape, every field with a default, so that no file is a file.

    check: what the shape alone cannot say; it gets the whole draft, so it may look into other sections, and answers
    with `draft.problem(...)`. preview: for `try`, sentences about what would change for these people.
    title: a lazy translation for pages. guard: like check, but asked only when it is about to be put in force, and free
    to look at what was made on pages.
    """

    name: str
    struct: type[msgspec.Struct]
    title: Any = ""
    check: Check | None = None
    preview: Preview | None = None
    guard: Check | None = None


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    """Make a section known. Registering a name again replaces it."""
    SECTIONS[section.name] = section


@cache
def _import_all() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("reif.") and app.label != "playbook" and find_spec(f"{app.name}.section"):
            import_module(f"{app.name}.section")


def sections() -> dict[str, Section]:
    """All sections by name, after importing each room's `section.py`."""
    _import_all()
    return SECTIONS
