"""What a draft of the scoring changes, in sentences that name rules as people call them."""

from __future__ import annotations

from dataclasses import replace

from reif.playbook.diff import Change, diff
from reif.playbook.plain import plain
from reif.qualify.ways import Model, Scoring


def changes(before: Scoring, after: Scoring, shown: str) -> list[str]:
    """From what is in force to the draft. shown: the model of the page, which need not be named."""
    # The main model's key is the usual one, which no file repeats.
    here = "model" if shown == Model().key else f"model {shown}"
    return [_said(change, here) for change in diff({"scoring": plain(before)}, {"scoring": plain(after)})]


def _said(change: Change, here: str) -> str:
    if change.way[0] == here and len(change.way) > 1:
        return replace(change, way=change.way[1:], names=change.names[1:]).words
    return change.words
