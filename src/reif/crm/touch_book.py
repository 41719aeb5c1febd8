"""The touches of the people in one batch: read once, added to in memory, written once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from reif.crm.credit import credit, is_news
from reif.crm.models import TURNS, Origin, Person, Sourced, Touch, Visitor
from reif.crm.sourced import lay_out
from reif.log.rewrite import rewrite

COLUMNS = ("source", "source_detail_1", "source_detail_2", "utm")
_CHUNK = 900


class Book:
    """people, visitors: ids that exist. Rows are kept by person when one is known, else by visitor."""

    def __init__(self, people: Iterable[int], visitors: Iterable[int]) -> None:
        self.people = {p.pk: p for p in _rows(Person, people)}
        self.visitors = {v.pk for v in _rows(Visitor, visitors)}
        self.origins = {o.person_id: o for o in _rows(Origin, self.people)}
        self.rows: list[Touch] = []
        self._mine: dict[tuple[str, int], list[Touch]] = {}
        self._moved: list[Touch] = []
        self._dirty: set[int] = set()
        self._load()

    def _load(self) -> None:
        """What is known of them; a visitor's touches may belong to a person who is not named in this batch."""
        found = {t.pk: t for t in _touches("person", self.people)} | {
            t.pk: t for t in _touches("visitor", self.visitors)
        }
        beyond = {t.person_id for t in found.values() if t.person_id} - set(self.people)
        if beyond:
            self.people |= {p.pk: p for p in _rows(Person, beyond)}
            self.origins |= {o.person_id: o for o in _rows(Origin, beyond)}
            found |= {t.pk: t for t in _touches("person", beyond)}
        self._owner = {t.visitor_id: t.person_id for t in found.values() if t.visitor_id and t.person_id}
        for touch in found.values():
            self._file(touch)

    def _file(self, touch: Touch) -> None:
        key = ("person", touch.person_id) if touch.person_id else ("visitor", touch.visitor_id)
        self._mine.setdefault(key, []).append(touch)  # type: ignore[arg-type]

    def of(self, person: int | None, visitor: int | None) -> list[Touch]:
        """What is known of somebody, corrections included."""
        key = ("person", person) if person else ("visitor", visitor or 0)
        return self._mine.get(key, [])

    def add(self, touch: Touch, always: bool = False) -> None:
        """A new arrival, when it is news. always: whatever is known."""
        touch.visitor_id = touch.visitor_id if touch.visitor_id in self.visitors else None
        touch.person_id = touch.person_id or self._owner.get(touch.visitor_id or 0)
        touch.person_id = touch.person_id if touch.person_id in self.people else None
        if not (touch.person_id or touch.visitor_id):
            return
        if always or is_news(touch, self.of(touch.person_id, touch.visitor_id)):
            self.rows.append(touch)
            self._file(touch)
            self._soil(touch.person_id)

    def identify(self, visitor: int, person: int) -> None:
        """What a visitor did is the person's from now on."""
        if person not in self.people or visitor not in self.visitors:
            return
        self._owner[visitor] = person
        for touch in self._mine.pop(("visitor", visitor), []):
            touch.person_id = person
            self._file(touch)
            if touch.pk:
                self._moved.append(touch)
            self._soil(person)

    def turn(self, person: int, column: str, at: datetime) -> None:
        """Somebody became a lead (`lead_at`) or an opportunity for the first time."""
        if person not in self.people:
            return
        origin = self.origins.setdefault(person, Origin(person_id=person))
        known = getattr(origin, column)
        if known is None or at < known:
            setattr(origin, column, at)
            self._soil(person)

    def correct(self, correction: Touch, about: int) -> None:
        """Let a correction stand for the touch that the event `about` made."""
        wrong = next((t for t in self.of(correction.person_id, None) if t.event_id == about), None)
        if wrong is None:
            return
        correction.corrects, correction.visitor_id = wrong, wrong.visitor_id
        correction.path, correction.utm, correction.at = wrong.path, wrong.utm, wrong.at
        correction.click_id = wrong.click_id
        self.rows.append(correction)
        self._file(correction)
        self._soil(correction.person_id)

    def forget(self, person: int) -> None:
        """Somebody asked to be forgotten."""
        gone = self._mine.pop(("person", person), [])
        self.rows = [t for t in self.rows if t.person_id != person]
        Origin.objects.filter(person=person).delete()
        Sourced.objects.filter(person=person).delete()
        Touch.objects.filter(pk__in=[t.pk for t in gone if t.pk]).delete()
        self.origins.pop(person, None)
        self._moved = [t for t in self._moved if t.person_id != person]
        self._dirty.discard(person)

    def write(self) -> list[tuple[Person, list[str]]]:
        """Everything; returns the people whose own source is another one now, with the columns that changed."""
        originals = [t for t in self.rows if t.corrects is None]
        Touch.objects.bulk_create(originals, batch_size=500)
        Touch.objects.bulk_create([t for t in self.rows if t.corrects is not None], batch_size=500)
        rewrite(self._moved, ["person"])
        origins = [self._origin(person) for person in sorted(self._dirty)]
        update = [f"{name}_id" for name in TURNS]
        Origin.objects.bulk_create(
            origins, update_conflicts=True, unique_fields=["person"],
            update_fields=[n.removesuffix("_id") for n in update] + ["lead_at", "opportunity_at"], batch_size=500,
        )  # fmt: skip
        lay_out(self._dirty)
        return self._with_new_source(origins)

    def _soil(self, person: int | None) -> None:
        if person:
            self._dirty.add(person)

    def _origin(self, person: int) -> Origin:
        origin: Origin = self.origins.setdefault(person, Origin(person_id=person))
        found = credit(as_they_count(self.of(person, None)), origin.lead_at, origin.opportunity_at)
        origin.first, origin.last, origin.lead, origin.opportunity = found
        return origin

    def _with_new_source(self, origins: list[Origin]) -> list[tuple[Person, list[str]]]:
        """A person's own columns are the lead-creating touch; before there is one, where the record came from."""
        changed: list[tuple[Person, list[str]]] = []
        for origin in origins:
            person, touch = self.people[origin.person_id], origin.lead
            if touch is None and not person.source:
                touch = origin.first
            if touch and (touch.source, touch.detail_1, touch.detail_2) != (
                person.source, person.source_detail_1, person.source_detail_2,
            ):  # fmt: skip
                told = dict(zip(COLUMNS, (touch.source, touch.detail_1, touch.detail_2, touch.utm), strict=True))
                names = [name for name, value in told.items() if getattr(person, name) != value]
                vars(person).update(told)
                changed.append((person, names))
        rewrite([person for person, _names in changed], COLUMNS)
        return changed


def as_they_count(touches: Iterable[Touch]) -> list[Touch]:
    """Oldest first, each corrected one replaced by its latest correction."""
    rows = list(touches)
    better: dict[int | None, Touch] = {}
    for touch in sorted((t for t in rows if t.corrects), key=lambda t: t.event_id or 0):
        better[touch.corrects.event_id if touch.corrects else None] = touch
    mine = [better.get(t.event_id, t) for t in rows if not t.corrects]
    return sorted(mine, key=lambda t: (t.at, t.event_id or 0))


def _rows(model: type, ids: Iterable[int]) -> list:  # type: ignore[type-arg]
    wanted, found = sorted(set(ids)), []
    for start in range(0, len(wanted), _CHUNK):
        found += list(model.objects.filter(pk__in=wanted[start : start + _CHUNK]))  # type: ignore[attr-defined]
    return found


def _touches(column: str, ids: Iterable[int]) -> list[Touch]:
    wanted, found = sorted(set(ids)), []
    for start in range(0, len(wanted), _CHUNK):
        rows = Touch.objects.filter(Q(**{f"{column}__in": wanted[start : start + _CHUNK]}))
        found += list(rows.select_related("corrects"))
    return found
