"""Keep in which country a browser probably is, and tell it of the person to whom the browser belongs.

Hears visit.began and visitor.identified. Says person.changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.crm.guess_country import Guess, guess_of_browsers, guess_of_people
from reif.crm.models import Visitor
from reif.log.among import among
from reif.log.catalogue.people import VisitorIdentified
from reif.log.catalogue.web import VisitBegan
from reif.log.event import Event


def guess_from_visits(events: Sequence[Event[VisitBegan]]) -> None:
    """The latest visit of a browser counts."""
    guess_of_browsers(
        {e.visitor: Guess(e.fact.country, e.fact.by, e.id) for e in events if e.visitor and e.fact.country}
    )


def carry_to_person(events: Sequence[Event[VisitorIdentified]]) -> None:
    """What was found out of the browser before anybody knew whose it is."""
    causes = {e.visitor: e.id for e in events if e.visitor}
    rows = Visitor.objects.filter(among("id", causes)).exclude(country="").exclude(person=None).order_by("id")
    found = rows.values_list("id", "person_id", "country", "country_by")
    guess_of_people({person: Guess(country, by, causes[v]) for v, person, country, by in found if person})
