"""What the log says is in the lake, once, whatever happens in between."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.attach_visitor import attach
from reif.crm.erase import erase
from reif.crm.models import Visitor
from reif.crm.tests.people import a_person
from reif.lake import partitions as files
from reif.lake import sync as syncing
from reif.lake.open import open_lake
from reif.lake.partitions import empty, file_for, partitions, whole
from reif.lake.sync import sync
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailClicked
from reif.log.catalogue.web import PageViewed
from reif.log.models import Event
from reif.log.worker import settle

AT = datetime(2026, 3, 1, 22, 0, 0, 123_456, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def happen(*facts: Any) -> None:
    with writing():
        append(*facts)


def rows(what: str = "events", columns: str = "*") -> list[tuple[Any, ...]]:
    with open_lake() as lake:
        return lake.execute(f"SELECT {columns} FROM {what} ORDER BY id").fetchall()


def in_log() -> list[tuple[Any, ...]]:
    return [
        (e.id, e.kind, e.at.replace(tzinfo=None), e.person_id, e.visitor_id, e.company_id, e.deal_id, e.topic,
         e.body.get("machine") is True)
        for e in Event.objects.order_by("id")
    ]  # fmt: skip


def test_an_empty_log_is_an_empty_lake() -> None:
    assert sync() == 0
    assert rows() == rows("deeds") == []


TOPICS = st.one_of(
    st.sampled_from(["", '"', 'a,"b"', "zwei\nZeilen", "\r\n", "''", "\\", "NULL", ","]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TOPICS, st.booleans(), st.integers(0, 999_999)), min_size=1, max_size=12))
def test_every_event_is_there_as_the_log_has_it(drawn: list[tuple[str, bool, int]]) -> None:
    with transaction.atomic():
        empty()
        person = a_person().id
        for topic, machine, micro in drawn:
            happen(PageViewed(person=person, topic=topic, machine=machine, at=AT.replace(microsecond=micro)))
        sync()
        assert rows() == in_log()
        transaction.set_rollback(True)


def test_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "PART", 5)
    monkeypatch.setattr(syncing, "SMALL", 4)
    person = a_person().id
    for n in range(13):
        happen(PageViewed(person=person, topic=f"/{n}"))
        if n % 3 == 0:
            assert sync() > 0
            assert sync() == 0
    sync()
    assert rows() == in_log()
    assert sync(most=1) == 0


def test_small_partitions_become_one_and_the_old_ones_go(monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person().id
    for n in range(syncing.MANY):
        happen(PageViewed(person=person, topic=f"/{n}"))
        sync()
    assert len(partitions()) == 1
    assert rows() == in_log()
    monkeypatch.setattr(files, "LINGER", -1)
    happen(PageViewed(person=person, topic="/more"))
    sync()
    assert len(list((files.folder() / "deeds").iterdir())) == len(partitions()) == 2


def test_a_partition_is_whole_or_not_there() -> None:
    happen(PageViewed(person=a_person().id, topic="/a"))
    with pytest.raises(ZeroDivisionError):
        _die_halfway()
    assert not partitions()
    assert not list((files.folder() / "deeds").iterdir())
    sync()
    assert rows() == in_log()


def _die_halfway() -> None:
    with whole(file_for(1, 9)) as draft:
        draft.write_bytes(b"half")
        raise ZeroDivisionError


def test_a_log_that_is_another_one_starts_the_lake_anew() -> None:
    person = a_person().id
    happen(*(PageViewed(person=person, topic=f"/{n}") for n in range(5)))
    sync()
    Event.objects.filter(topic__in=["/3", "/4"]).delete()
    happen(MailClicked(person=person, topic="restored", at=AT))
    sync()
    assert rows() == in_log()


def test_an_anonymous_deed_has_its_doer_from_the_event_that_said_so() -> None:
    first, second = a_person().id, a_person().id
    visitor = Visitor.objects.create(key="v", first_seen=AT).id
    happen(PageViewed(visitor=visitor, topic="/before"), PageViewed(visitor=visitor, topic="/bot", machine=True))
    attach([(visitor, first)])
    happen(PageViewed(visitor=visitor, topic="/after"), PageViewed(person=second, visitor=visitor, topic="/own"))
    sync()
    said = Event.objects.get(kind="visitor.identified").id
    got = {topic: (person, known) for person, topic, known in rows("deeds", "person, topic, known")}
    assert got["/before"] == (first, said)
    assert got["/after"] == (first, Event.objects.get(topic="/after").id)
    assert got["/own"][0] == second
    assert "/bot" not in got


@pytest.mark.parametrize("synced", [True, False])
def test_whoever_is_erased_has_no_deeds(synced: bool) -> None:
    gone, stays = a_person(), a_person()
    visitor = Visitor.objects.create(key="v", first_seen=AT).id
    attach([(visitor, gone.pk)])
    happen(PageViewed(visitor=visitor, topic="/anon"), PageViewed(person=gone.pk, topic="/own"))
    happen(PageViewed(person=stays.pk, topic="/other"))
    if synced:
        sync()
        assert "/own" in {row[7] for row in rows()}
    erase([gone.pk])
    settle()
    if not synced:
        sync()
    assert {row[1] for row in rows("events") if row[3] == gone.pk} <= {"person.erased"}
    assert not [row for row in rows("events") if row[4] == visitor]
    assert "/other" in {row[7] for row in rows()}
    empty()
    sync()
    assert not [row for row in rows("events") if row[4] == visitor]
