"""What a draft of the scoring changes, in sentences that name rules as people call them."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from reif.playbook.diff import Change, diff
from reif.playbook.plain import plain
from reif.qualify.editor.drafts import PARTS
from reif.qualify.ways import Model, Scoring, words_of


def changes(before: Scoring, after: Scoring, shown: str, language: str) -> list[str]:
    """From what is in force to the draft. shown: the model of the page, which need not be named."""
    names = _names(before, language) | _names(after, language)
    found = diff({"scoring": plain(before)}, {"scoring": plain(after)})
    return [_said(change, _step("model", shown), names) for change in found]


def _said(change: Change, here: str, names: dict[str, str]) -> str:
    way = change.way[1:] if change.way[0] == here and len(change.way) > 1 else change.way
    return replace(change, way=tuple(names.get(step, step) for step in way)).words


def _names(scoring: Scoring, language: str) -> dict[str, str]:
    """`rule prices` as `rule “Looked at the prices”`, for each part and model."""
    parts: list[tuple[str, Model]] = [("model", model) for model in scoring.models]
    inner = [(sort, part) for model in scoring.models for sort, name in PARTS.items() for part in getattr(model, name)]
    called = {_step(sort, part.key): words_of(part, language) for sort, part in [*parts, *inner]}
    return {step: f"{step.partition(' ')[0]} {_('“%(rule)s”') % {'rule': name}}" for step, name in called.items()}


def _step(sort: str, key: str) -> str:
    """As a difference names an entry: the main model's key is the usual one, which no file repeats."""
    return sort if (sort, key) == ("model", Model().key) else f"{sort} {key}"
