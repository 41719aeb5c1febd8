"""The scoring that is being edited: kept as it is, checked with the whole playbook, published as a revision."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec

from reif.kit.clock import now
from reif.playbook.apply import Overtaken, apply
from reif.playbook.check import check
from reif.playbook.command import said_now
from reif.playbook.current import current, revision
from reif.playbook.draft import Draft as Playbook
from reif.playbook.draft import read_plain
from reif.playbook.models import Revision
from reif.playbook.plain import plain
from reif.playbook.problem import Problem
from reif.playbook.shape import build
from reif.qualify.models import Draft
from reif.qualify.ways import Model, Scoring
from reif.staff.models import User

PARTS = {"rule": "rules", "fit": "fit", "exclude": "exclude", "group": "groups"}
"""Kinds of parts as they are called in the file, and where they are in a model."""
UNNAMED = "new"
"""The key, in addresses, of a part that is not there yet."""


def draft() -> Draft | None:
    """The one that is kept, if any."""
    return Draft.objects.order_by("-id").first()


def edited() -> Scoring:
    """The scoring as edited so far: what is in force when there is no draft."""
    kept = draft()
    scoring: Scoring = build(msgspec.json.decode(kept.text), Scoring) if kept else current("scoring")
    return scoring


def keep(scoring: Scoring, by: User) -> Draft:
    """Keep it; the revision that it was made from stays the one of the first change."""
    kept = draft() or Draft(expected=revision())
    kept.text, kept.by, kept.changed_at = msgspec.json.encode(plain(scoring)).decode(), by, now()
    kept.save()
    return kept


def throw_away() -> None:
    """What is in force is the beginning again."""
    Draft.objects.all().delete()


def problems(scoring: Scoring) -> list[Problem]:
    """Everything that is wrong with it, with all other sections."""
    return check(_playbook(scoring))


def publish(by: User, note: str) -> Revision:
    """Put it in force. Raises Refused, and Overtaken when somebody was faster: the draft stays, and may be published
    on top of theirs once its editor has been told."""
    kept = draft()
    try:
        made = apply(_playbook(edited()), by, note, kept.expected if kept else None)
    except Overtaken:
        Draft.objects.update(expected=revision())
        raise
    throw_away()
    return made


def with_part(scoring: Scoring, model: str, sort: str, key: str, part: Any) -> Scoring:
    """One part replaced, added when the key is not there, removed when there is no part."""
    chosen = scoring.model(model) or Model(key=model)
    parts = list(getattr(chosen, PARTS[sort]))
    place = next((n for n, one in enumerate(parts) if one.key == key), len(parts))
    parts[place : place + 1] = [part] if part is not None else []
    return with_model(scoring, model, msgspec.structs.replace(chosen, **{PARTS[sort]: tuple(parts)}))


def free(model: Model, key: str) -> str:
    """The key, with a number behind it where another part of the model has it: a new part takes nobody's place."""
    taken = {UNNAMED}.union(part.key for name in PARTS.values() for part in getattr(model, name))
    return next(name for n in count(1) if (name := key if n == 1 else f"{key}-{n}") not in taken)


def with_model(scoring: Scoring, key: str, model: Model) -> Scoring:
    """One model replaced, or added."""
    models = list(scoring.models)
    place = next((n for n, one in enumerate(models) if one.key == key), len(models))
    models[place : place + 1] = [model]
    return Scoring(tuple(models))


def _playbook(scoring: Scoring) -> Playbook:
    return read_plain({**said_now(), "scoring": plain(scoring)})
