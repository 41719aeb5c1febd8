"""Somebody knows better than the model: their number counts until it is released.

Says prediction.set and prediction.released.
"""

from __future__ import annotations

from reif.crm.set_chance import set_chances
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.qualification import PredictionReleased, PredictionSet
from reif.qualify.predict.book import percent
from reif.qualify.predict.records import Prediction


def set_by_hand(person: int, outcome: str, chance: float, reason: str, by: int) -> None:
    """chance: between 0 and 1. What the model says is still kept beside it."""
    hand = {"by_hand": chance, "counts": chance, "reason": reason[:300], "set_by": by, "set_at": now()}
    with writing():
        Prediction.objects.update_or_create(
            person_id=person, outcome=outcome, defaults=hand, create_defaults=hand | {"at": now()}
        )
        set_chances(outcome, {person: percent(chance)})
        append(PredictionSet(person=person, topic=outcome, percent=round(100 * chance), actor=by))


def release(person: int, outcome: str, by: int) -> None:
    """What the model says counts again; nothing when nothing was set."""
    with writing():
        found = Prediction.objects.filter(person_id=person, outcome=outcome, by_hand__isnull=False).first()
        if found is None:
            return
        found.by_hand, found.counts, found.reason, found.set_by, found.set_at = None, found.chance, "", None, None
        found.save()
        set_chances(outcome, {person: percent(found.counts)})
        append(PredictionReleased(person=person, topic=outcome, actor=by))
