"""The lines of the mapping form: every value of the sample, and below them rules that the sample says nothing about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reif.capture.intake.path import leaves, segments
from reif.capture.intake.rule import TARGETS, TRANSFORMS, Rule, is_target
from reif.capture.intake.transform import as_text

BLANKS = 2
MOST = 200


@dataclass(frozen=True)
class Row:
    """One line. value: what the sample has there; extra: the default, or the constant when there is no path."""

    number: int
    path: str
    value: str
    to: str = ""
    transform: str = ""
    extra: str = ""
    trait: str = ""
    free: bool = False


@dataclass(frozen=True)
class Rows:
    """offered: what the sample has; other: rules that it says nothing about; blank: for new ones. Numbered throughout."""

    offered: list[Row]
    other: list[Row]
    blank: list[Row]


def rows_of(rules: Sequence[Rule], data: Any) -> Rows:
    """A line for each value of the sample with the rule that takes it, then blank ones, then the other rules."""
    waiting = {_same(rule.path): rule for rule in reversed(rules) if rule.path}
    found: list[Row] = []
    offered = leaves(data) if data is not None else []
    whole = {path for path, _value in offered if path.startswith("/answers/")}
    for path, value in offered[:MOST]:
        if whole and path not in whole and _same(path) not in waiting and not path.startswith("/consents/"):
            continue  # a platform's own bookkeeping; its answers are what matters
        rule = waiting.pop(_same(path), None)
        found.append(_row(len(found), path, as_text(value)[:120], rule))
    constants = [rule for rule in rules if not rule.path]
    lines = [*constants, *([None] * BLANKS), *(r for r in rules if r.path and waiting.get(_same(r.path)) is r)]
    more = [_row(len(found) + n, rule.path if rule else "", "", rule, free=True) for n, rule in enumerate(lines)]
    cut = len(constants) + BLANKS
    return Rows(found, more[cut:], more[:cut])


def rules_from(posted: Mapping[str, str]) -> list[Rule]:
    """The rules of a posted form; lines without a target are left out."""
    found = []
    for number in range(MOST + 100):
        if f"path_{number}" not in posted:
            break
        path, to = posted[f"path_{number}"].strip()[:300], posted.get(f"to_{number}", "")
        if to == "trait":
            name = posted.get(f"trait_{number}", "").strip() or _last(path)
            to = f"traits.{name[:60]}"
        extra, transform = posted.get(f"extra_{number}", "").strip()[:300], posted.get(f"transform_{number}", "")
        if is_target(to) and (path or extra):
            told = {"default": extra} if path else {"constant": extra}
            found.append(Rule(to, path, transform=transform if transform in TRANSFORMS else "", **told))
    return found


def _row(number: int, path: str, value: str, rule: Rule | None, free: bool = False) -> Row:
    if rule is None:
        return Row(number, path, value, free=free)
    trait = "" if rule.to in TARGETS else rule.to.removeprefix("traits.")
    to = "trait" if trait else rule.to
    return Row(number, path, value, to, rule.transform, rule.default or rule.constant, trait, free)


def _same(path: str) -> tuple[str, ...]:
    """Dotted and pointer ways of writing one path are the same."""
    return tuple(segments(path))


def _last(path: str) -> str:
    steps = segments(path)
    name = next(
        (step for step in reversed(steps) if not step.isdecimal() and step not in ("*", "text", "label", "answer")), ""
    )
    return name.strip("[]").rpartition("=")[2]
