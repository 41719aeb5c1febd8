"""Forget what was written to people who are erased; that a mail was sent stays as a number.

Hears person.erased. Says mail.skipped for what was still waiting.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.channels.email.take_back import take_back
from reif.channels.models import Captured
from reif.log.catalogue.people import PersonErased
from reif.log.event import Event
from reif.log.models import Effect
from reif.log.rewrite import rewrite

KEPT = ("mail", "kind", "language")


def forget(events: Sequence[Event[PersonErased]]) -> None:
    """Waiting letters are taken back, captured ones go, and the outbox keeps neither address nor words."""
    people = [e.person for e in events if e.person]
    take_back(people, "", "erased")
    Captured.objects.filter(person_id__in=people).delete()
    effects = list(Effect.objects.filter(person_id__in=people))
    for effect in effects:
        effect.body = {key: value for key, value in effect.body.items() if key in KEPT}
        effect.note = "" if "@" in effect.note else effect.note
    rewrite(effects, ["body", "note"])
