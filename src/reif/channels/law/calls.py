"""What was done with a person matters to the law: a call uses their consent to be called, and its proof has to stay for
another five years (§ 7a UWG); the task that a claim made settles it.

Hears activity.done.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.crm.claims import settle_done
from reif.crm.proof import use
from reif.log.catalogue.deals import ActivityDone
from reif.log.event import Event


def note_calls(events: Sequence[Event[ActivityDone]]) -> None:
    """Each call once."""
    use((e.person, e.fact.activity, e.at) for e in events if e.topic == "call" and e.person)


def settle_claims(events: Sequence[Event[ActivityDone]]) -> None:
    """Somebody answered."""
    settle_done({e.fact.activity: e.at for e in events if e.topic == "task"})
