"""What counts and what is reckoned change places: for few people by writing, for many by new names, and nobody is in the way."""

from __future__ import annotations

from threading import Thread

import psycopg
import pytest
from django.db import connection, transaction

from reif.crm import change_places as module
from reif.crm.change_places import SomebodyReads, change_places
from reif.crm.edit import edit_person
from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.fold import fold

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["few", "many"])
def person(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(module, "FEW", 5000 if request.param == "few" else 0)
    one = a_person()
    Person.objects.filter(pk=one.pk).update(
        score=12, grade="B2", next_score=40, next_grade="A1", next_excluded="students"
    )
    return one


def carried(person: Person) -> tuple[object, ...]:
    return Person.objects.values_list("score", "grade", "excluded", "next_score", "next_grade").get(pk=person.pk)


def test_they_change_places_and_back(person: Person) -> None:
    change_places()
    assert carried(person) == (40, "A1", "students", 12, "B2")
    assert list(Person.objects.filter(score=40).values_list("id", flat=True)) == [person.pk]
    change_places()
    assert carried(person) == (12, "B2", "", 40, "A1")


def test_a_death_leaves_them_as_they_were(person: Person) -> None:
    with transaction.atomic():
        change_places()
        transaction.set_rollback(True)
    assert carried(person) == (12, "B2", "", 40, "A1")


def test_an_edit_leaves_the_score_that_has_come_meanwhile(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)
    change_places()
    edit_person(read, {"last_name": "Müller"}, by=a_user().pk)
    assert carried(person) == (40, "A1", "students", 12, "B2")
    assert Person.objects.get(last_name_fold=fold("Müller")).pk == person.pk


def test_whoever_reads_for_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("readers of SQLite keep what they see, whatever happens")
    monkeypatch.setattr(module, "FEW", -1)
    monkeypatch.setattr(module, "PATIENCE", 20)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT count(*) FROM crm_person")
        with pytest.raises(SomebodyReads), transaction.atomic():
            change_places()
    change_places()


def test_whoever_tends_the_table_is_waited_for_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no autovacuum that holds a table")
    monkeypatch.setattr(module, "FEW", -1)
    monkeypatch.setattr(module, "TENDED", 60_000)
    read: list[object] = []
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE crm_person IN SHARE UPDATE EXCLUSIVE MODE")

        def let_go_when_waited_for() -> None:
            waits = "SELECT 1 FROM pg_locks WHERE relation = 'crm_person'::regclass AND NOT granted"
            while not other.execute(waits).fetchone():
                pass
            read.append(other.execute("SELECT count(*) FROM crm_person").fetchone())
            other.rollback()

        thread = Thread(target=let_go_when_waited_for)
        thread.start()
        change_places()
        thread.join()
    assert read == [(0,)]
