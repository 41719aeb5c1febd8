"""Who people were, as far as it was known then. What was written later than the moment of asking is a gap.

The log keeps the names of the fields that changed, not their values: so of a field that was filled or changed after the
moment it is only known that its present value was not there yet, and the row says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.crm.models import Consent, Person
from reif.kit.address import domain_of, is_free_mail
from reif.log.models import Event
from reif.qualify.predict.done import DAY, Asked, Ints, micros
from reif.qualify.predict.shape import Floats, Words

Whole = NDArray[np.float64]
NEVER = np.iinfo(np.int64).max
Names = Mapping[str, tuple[str, ...]]
OF_PERSON: Names = {
    "job_title": ("department", "level"), "country": ("country",), "language": ("language",), "source": ("source",),
    "email": ("mail",), "phone": ("phone",),
}  # fmt: skip
OF_COMPANY: Names = {"industry": ("industry",), "size": ("company_size",), "country": ("company_country",)}
_COLUMNS = (
    "id", "created_at", "source", "country", "language", "department", "email", "phone", "company_id",
    "company__industry", "company__size", "company__country", "stage", "stage_at",
    "level",
)  # fmt: skip
CHUNK = 5000


class Known(NamedTuple):
    """words: categories by name; numbers: company size, days known, days in the stage, consent, telephone."""

    words: dict[str, Words]
    numbers: Floats


class People(NamedTuple):
    """Attributes as they are now, one row a person, with the place of each id."""

    rows: list[tuple[Any, ...]]
    place: dict[int, int]


def people_of(ids: Iterable[int]) -> People:
    """The living among them."""
    wanted = list(dict.fromkeys(ids))
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), CHUNK):
        found = Person.objects.living().filter(id__in=wanted[start : start + CHUNK]).order_by()
        rows += found.values_list(*_COLUMNS)
    return People(rows, {row[0]: n for n, row in enumerate(rows)})


def known(asked: Asked, people: People, past: bool) -> Known:
    """past: the moments lie back, so the log is asked for what was written since, and which stage it was then."""
    at = np.array([people.place[person] for person in asked.people.tolist()], dtype=np.int64)
    columns = _columns(people.rows)
    numbers = {name: values[at] for name, values in columns.numbers.items()}
    words = {name: values[at] for name, values in columns.words.items()}
    created = np.array([micros(row[1]) for row in people.rows], dtype=np.int64)[at]
    numbers["known_days"] = np.maximum(0.0, (asked.at - created) / DAY)
    stages = _stages(people, past)
    words["stage"], since = _stage_then(stages, asked, at)
    numbers["stage_days"] = np.where(since > 0, (asked.at - since) / DAY, np.nan)
    numbers["consent"] = _consenting(asked, people)
    if past:
        _forget_later(asked, people, at, words, numbers)
    order = ("company_size", "known_days", "stage_days", "consent", "phone")
    return Known(words, np.column_stack([numbers[name] for name in order]).astype(np.float32))


class _Columns(NamedTuple):
    words: dict[str, Words]
    numbers: dict[str, Whole]


def _columns(rows: list[tuple[Any, ...]]) -> _Columns:
    words = {
        "source": [row[2] for row in rows], "country": [row[3] for row in rows], "language": [row[4] for row in rows],
        "department": [row[5] or "" for row in rows], "level": [row[14] or "" for row in rows],
        "mail": [_mail(row[6]) for row in rows], "industry": [row[9] or "" for row in rows],
        "company_country": [row[11] or "" for row in rows],
    }  # fmt: skip
    size = np.array([np.nan if row[10] is None else float(row[10]) for row in rows], dtype=float)
    phone = np.array([float(bool(row[7])) for row in rows])
    return _Columns({k: np.array(v, dtype=object) for k, v in words.items()}, {"company_size": size, "phone": phone})


def _mail(address: str | None) -> str:
    return "" if not address else "free" if is_free_mail(domain_of(address)) else "company"


def _stages(people: People, past: bool) -> dict[int, list[tuple[int, str]]]:
    """The stages of each person with the moments at which they were entered, oldest first."""
    if not past:
        return {row[0]: [(micros(row[13]), row[12])] for row in people.rows if row[12] and row[13]}
    found: dict[int, list[tuple[int, str]]] = {}
    told = Event.objects.filter(kind="person.staged").order_by("at", "id").values_list("person_id", "at", "topic")
    for person, at, stage in told.iterator(chunk_size=CHUNK):
        if person in people.place:
            found.setdefault(person, []).append((micros(at), stage))
    return found


def _stage_then(stages: dict[int, list[tuple[int, str]]], asked: Asked, at: Ints) -> tuple[Words, Ints]:
    then = np.full(len(at), "", dtype=object)
    since = np.zeros(len(at), dtype=np.int64)
    for row, (person, moment) in enumerate(zip(asked.people.tolist(), asked.at.tolist(), strict=True)):
        for entered, stage in stages.get(person, ()):
            if entered > moment:
                break
            then[row], since[row] = stage, entered
    return then, since


def _consenting(asked: Asked, people: People) -> Whole:
    """1 where a marketing consent by mail was in force."""
    given: dict[int, list[tuple[int, int]]] = {}
    columns = ("person_id", "given_at", "withdrawn_at")
    ids = list(people.place)
    for start in range(0, len(ids), CHUNK):
        rows = Consent.objects.filter(
            person_id__in=ids[start : start + CHUNK], purpose="marketing", channel="email", given_at__isnull=False
        ).order_by()
        for person, begins, ends in rows.values_list(*columns):
            given.setdefault(person, []).append((micros(begins), micros(ends) if ends else NEVER))
    asking = zip(asked.people.tolist(), asked.at.tolist(), strict=True)
    return np.array([float(any(b <= at < e for b, e in given.get(person, ()))) for person, at in asking])


def _forget_later(asked: Asked, people: People, at: Ints, words: dict[str, Words], numbers: dict[str, Whole]) -> None:
    """Make a gap of every value that was written after the moment."""
    written = _written(people)
    for name, moments in written.items():
        later = moments[at] > asked.at
        if name in words:
            words[name] = np.where(later, "", words[name])
        else:
            numbers[name] = np.where(later, np.nan, numbers[name])


def _written(people: People) -> dict[str, Ints]:
    """When each attribute got the value that it has now, as far as the log tells; 0 when it was there from the first."""
    of_company: dict[int, list[int]] = {}
    for row, one in enumerate(people.rows):
        of_company.setdefault(one[8] or 0, []).append(row)
    names = {name for some in (*OF_PERSON.values(), *OF_COMPANY.values()) for name in some}
    written = {name: np.zeros(len(people.rows), dtype=np.int64) for name in names}
    events = Event.objects.filter(kind__in=("person.changed", "company.changed", "company.joined")).order_by("at", "id")
    for kind, person, company, then, body in events.values_list("kind", "person_id", "company_id", "at", "body"):
        moment, fields = micros(then), body.get("fields", ())
        if kind == "company.changed":
            _mark(written, OF_COMPANY, fields, of_company.get(company or 0, ()), moment)
        elif person in people.place:
            mine = (people.place[person],)
            _mark(written, OF_COMPANY if kind == "company.joined" else OF_PERSON,
                  OF_COMPANY if kind == "company.joined" or "company" in fields else fields, mine, moment)  # fmt: skip
    return written


def _mark(written: dict[str, Ints], names: Names, fields: Iterable[str], rows: Iterable[int],
          moment: int) -> None:  # fmt: skip
    for field in fields:
        for name in names.get(field, ()):
            for row in rows:
                written[name][row] = moment


def at_moments(people: list[int], moments: list[datetime]) -> Asked:
    """Questions from Python's own moments."""
    return Asked(
        np.array(people, dtype=np.int64), np.array([micros(m.astimezone(UTC)) for m in moments], dtype=np.int64)
    )
