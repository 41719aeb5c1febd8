"""Two small sections to try the playbook with, whatever the phases register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reif.playbook import section as registry
from reif.playbook.current import forget
from reif.playbook.draft import Draft
from reif.playbook.models import Active
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register, sections
from reif.rules.predicates import Predicate

POINTS = """
[[rules]]
key = "price_page"
points = 10
when = { all = [
  { field = "company.size", op = ">=", value = 50 },
  { did = "page.viewed", topic = "/preise", within = "30d" },
] }
"""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    points: int
    when: Predicate | None = None
    words: dict[str, str] = {}


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...] = ()


class Routes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    team: str = ""
    rule: str = ""


def check_routes(draft: Draft) -> Iterator[Problem]:
    known = [rule.key for rule in draft["points"].rules]
    if draft["routes"].rule and draft["routes"].rule not in known:
        yield draft.problem("routes", ("rule",), "There is no such rule.", "Name one of points.toml.")


@pytest.fixture
def nothing_in_force(db: None) -> None:
    """A house before its first playbook, whatever an earlier test left."""
    Active.objects.all().delete()
    forget()


@pytest.fixture
def known_sections() -> Iterator[None]:
    before: dict[str, Any] = dict(sections())
    registry.SECTIONS.clear()
    register(Section("points", Points, "Points"))
    register(Section("routes", Routes, "Routes", check_routes))
    yield
    registry.SECTIONS.clear()
    registry.SECTIONS.update(before)


def a_folder(folder: Path, **texts: str) -> Path:
    for name, text in {"points": POINTS, **texts}.items():
        (folder / f"{name}.toml").write_text(text)
    return folder
