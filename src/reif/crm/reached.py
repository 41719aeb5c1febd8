"""When people first reached each rung of the ladder, laid out so that the funnel counts a hundred thousand at once.

Written in the transaction that moves a stage, or names a source. `reif rebuild stages` makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from reif.crm.models import Reached, StageSpell
from reif.crm.sourced import RUNGS
from reif.log.among import among


def reach(sources: Mapping[int, str], before: Iterable[StageSpell], begun: Iterable[StageSpell]) -> None:
    """Stays that begun now, after all that these people had before. sources: by person, where they first came from.

    Whoever enters a stage has reached the ones below it too, and the earliest moment counts, in whatever order stays
    become known. Only rows that are others now are written.
    """
    earlier = list(before)
    old, new = _first(earlier), _first([*earlier, *begun])
    rows = [
        Reached(person_id=person, rung=rung, at=at, onward=new.get((person, rung + 1)), source=sources[person])
        for (person, rung), at in new.items()
        if (at, new.get((person, rung + 1))) != (old.get((person, rung)), old.get((person, rung + 1)))
    ]
    Reached.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["person", "rung"], update_fields=["at", "onward"]
    )


def name_sources(sources: Mapping[int, str]) -> None:
    """It became known later where these people first came from, or it is taken back. Call inside `writing()`."""
    by_source: dict[str, list[int]] = {}
    for person, source in sources.items():
        by_source.setdefault(source, []).append(person)
    for source, people in by_source.items():
        Reached.objects.filter(among("person", people)).update(source=source)


def _first(spells: Iterable[StageSpell]) -> dict[tuple[int, int], datetime]:
    found: dict[tuple[int, int], datetime] = {}
    for spell in spells:
        for rung in range(1, RUNGS.get(spell.stage, 0) + 1):
            key = (spell.person_id, rung)
            found[key] = min(spell.entered_at, found.get(key, spell.entered_at))
    return found
