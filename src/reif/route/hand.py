"""Give somebody to a seller by hand: the manager decides.

Says person.assigned, with the manager as the actor.
"""

from __future__ import annotations

from reif.crm.models import Person
from reif.kit.clock import now
from reif.log.append import writing
from reif.playbook.current import current
from reif.route.give import Gift, give
from reif.route.match import first_matches
from reif.route.models import Assignment
from reif.route.pick import CHOSEN, Seller
from reif.route.reason import by_hand
from reif.route.section import Sla
from reif.staff.hours import schedules
from reif.staff.models import User


def hand(person: Person, to: User, by: User) -> Assignment:
    """An offer to `to`, in place of an open one; capacity and turns are not asked. Under the promise of the rules."""
    with writing():
        Person.objects.select_for_update(of=("self",)).get(id=person.pk)
        before = Assignment.objects.offered().filter(person=person).first()
        seller = Seller.at(now(), to, schedules([to])[to.pk], 0)
        record: list[dict[str, object]] = [{"user": to.pk, "why": CHOSEN}]
        gift = Gift(
            person.pk, seller, "hand", by_hand(by), record, _promise(person), actor=by.pk,
            event=before.event_id if before else None, instead=before.pk if before else None,
        )  # fmt: skip
        return give([gift])[0]


def _promise(person: Person) -> Sla | None:
    rules = first_matches(current("routing").all_rules(), [person.pk], now())
    sla: Sla | None = current("slas").by_key(rules[person.pk].sla) if person.pk in rules else None
    return sla
