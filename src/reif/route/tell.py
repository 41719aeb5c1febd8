"""Tell the seller by mail; the inbox hears it by itself.

Hears person.assigned. Says mail.queued through the outbox of the mail channel.
"""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import override

from reif.channels.email.compose import Letter, queue
from reif.log.catalogue.routing import PersonAssigned
from reif.log.event import Event
from reif.route.brief import briefs
from reif.route.letters import handover_letter
from reif.route.models import Assignment


def tell_owner(events: list[Event[PersonAssigned]]) -> None:
    """A mail with the brief for each hand-over that still waits for an answer."""
    causes = {e.fact.assignment: e.id for e in events if e.actor is None or e.actor != e.fact.owner}
    rows = Assignment.objects.offered().filter(id__in=causes).select_related("person__company", "owner")
    by_language: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        by_language[row.owner.language].append(row)
    letters: list[Letter] = []
    for language, group in by_language.items():
        with override(language):
            said = briefs(group)
            letters += [handover_letter(a, said[a.pk], causes[a.pk]) for a in group]
    queue(letters)
