"""A call to somebody uses their consent to be called, and its proof has to stay for another five years (§ 7a UWG).

Hears activity.done.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.crm.proof import use
from reif.log.catalogue.deals import ActivityDone
from reif.log.event import Event


def note_calls(events: Sequence[Event[ActivityDone]]) -> None:
    """Each call once."""
    use((e.person, e.fact.activity, e.at) for e in events if e.topic == "call" and e.person)
