"""How the company's ways of working grew: those of a year ago, what was tried and published since, what is being edited."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reif.demo.history import History
from reif.kit.clock import travel
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.command import said_now
from reif.playbook.draft import Draft, read_folder, read_plain
from reif.playbook.plain import plain
from reif.playbook.shape import build
from reif.qualify.backtest.ask import ask
from reif.qualify.backtest.run import drain
from reif.qualify.editor.drafts import edited, keep, with_model
from reif.qualify.ways import Model, Scoring, Stages
from reif.staff.models import User

MAIN = "main"
AT_FIRST: dict[str, dict[str, Any]] = {"prices": {"points": 10}, "opened": {"points": 3, "group": "", "decay": None}}
"""What the rules were like a year ago: opened mails counted for much, prices for little."""
ASKED_AT_FIRST = {10: 25, 50: 35}
"""Of how many points the stages asked: an MQL of more, an SQL of fewer than now."""
BEING_EDITED: dict[str, dict[str, Any]] = {"clicked": {"points": 8}, "attended": {"points": 20}}
LEARNT = timedelta(days=80)
"""So long before somebody looks, the second revision came into force."""


def begin(folder: Path, by: User, start: datetime, old: bool) -> None:
    """The first revision, in force before anybody comes. old: as it was before there was anything to learn from."""
    draft = read_folder(folder)
    with travel(start - timedelta(days=2)):
        apply(_first(draft) if old else draft, by=by, note="Erste Fassung")
        settle()


def plan_second(history: History, folder: Path, admin: User, marketing: User) -> None:
    """What the folder says, tried on the history so far and then published: the comparison is kept with it."""
    history.plan(history.end - LEARNT, _learn, read_folder(folder), admin, marketing)


def edit(by: User) -> None:
    """What marketing is thinking about and has just tried; nobody's score has changed yet."""
    scoring = _with_rules(edited(), BEING_EDITED)
    keep(scoring, by)
    ask(read_plain(said_now()).with_(scoring=scoring), "Klicks und besuchte Webinare mehr", by)
    drain()


def _learn(draft: Draft, admin: User, marketing: User) -> None:
    settle()
    ask(draft, "Geöffnete Mails weniger, Preise mehr, nach vier Monaten Stille zurück", marketing)
    drain()
    apply(draft, by=admin, note="Geöffnete Mails sagen wenig; wer vier Monate schweigt, ist nicht mehr MQL")
    settle()


def _first(draft: Draft) -> Draft:
    stages = build(_asking(plain(draft["stages"])), Stages)
    mql = replace(stages.mql, silence_days=None) if stages.mql else None
    return draft.with_(scoring=_with_rules(draft["scoring"], AT_FIRST), stages=replace(stages, mql=mql))


def _asking(said: Any) -> Any:
    """Conditions as a file says them, with the points that they asked for at first."""
    match said:
        case {"field": "score", "value": int(points)}:
            return {**said, "value": ASKED_AT_FIRST.get(points, points)}
        case dict():
            return {name: _asking(part) for name, part in said.items()}
        case list():
            return [_asking(part) for part in said]
    return said


def _with_rules(scoring: Scoring, changes: dict[str, dict[str, Any]]) -> Scoring:
    """The main model, with some of its rules otherwise."""
    model = scoring.model(MAIN) or Model()
    rules = tuple(replace(rule, **changes.get(rule.key, {})) for rule in model.rules)
    return with_model(scoring, MAIN, replace(model, rules=rules))
