"""The people of thousands of rows, found by address or by the id that another system has for them, and stored together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from reif.crm.bulk_rows import State, insert, look_up, look_up_ids, rewrite_people, select
from reif.crm.bulk_write import write_new_rows
from reif.crm.models import Identity, Person
from reif.crm.told import Told

_KIND = 32


class People:
    """Who is there of some rows, and who is made. changed: rows to be written again, by their ids."""

    def __init__(self, rows: Sequence[Told], system: str, locked: bool = True) -> None:
        self.changed: dict[int, State] = {}
        self._system = system[:_KIND]
        self._by_email = look_up({one.email for one in rows if one.email}, locked)
        self._by_outside = self._found({one.outside for one in rows if one.outside}, locked)
        self._fresh: list[State] = []
        self._named: dict[str, State] = {}
        self._addressed: dict[int, State] = {}

    def of(self, one: Told) -> State | None:
        """Somebody with this address; else somebody with this id, unless they have another address."""
        if not one.outside:
            return self._by_email.get(one.email)
        found = self._by_email.get(one.email) if one.email else None
        if found is None and (known := self._by_outside.get(one.outside)) and not (known["email"] and one.email):
            found = known
        if found is not None:
            self._name(one.outside, found)
        return found

    def give_address(self, state: State, email: str) -> None:
        """Somebody who was known by an id alone has an address now."""
        state["email"] = email
        self._by_email[email] = state
        if state["id"]:
            self._addressed[state["id"]] = state

    def add(self, state: State, one: Told) -> State:
        """Somebody whom no row named before."""
        self._fresh.append(state)
        if one.email:
            self._by_email[one.email] = state
        if one.outside:
            self._name(one.outside, state)
        return state

    def store(self, moment: datetime) -> None:
        """Raises IntegrityError when an address is taken by now."""
        insert(self._fresh, moment)
        rewrite_people(list(self.changed.values()))
        for person, state in self._addressed.items():
            Person.objects.filter(pk=person).update(email=state["email"])
        if self._named:
            rows = [(self._system, value, state["id"]) for value, state in sorted(self._named.items())]
            write_new_rows(Identity._meta.db_table, ("kind", "value", "person_id"), rows, "kind, value")

    def _name(self, outside: str, state: State) -> None:
        if outside not in self._by_outside:
            self._by_outside[outside] = self._named[outside] = state

    def _found(self, values: Iterable[str], locked: bool) -> dict[str, State]:
        ids = people_of(self._system, values)
        if not ids:
            return {}
        here = {state["id"]: state for state in self._by_email.values()}
        here |= look_up_ids({person for person in ids.values() if person not in here}, locked)
        return {value: here[person] for value, person in ids.items() if person in here}


def people_of(system: str, values: Iterable[str]) -> dict[str, int]:
    """The person of each id that this system has given."""
    some = list(values)
    if not some:
        return {}
    return dict(
        select("SELECT value, person_id FROM crm_identity WHERE kind = %s AND value {among}", some, "", [system])
    )
