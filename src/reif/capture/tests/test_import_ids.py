"""People known by the id of another system, with or without an address; and companies that are given by name alone."""

from __future__ import annotations

import pytest

from reif.capture.imports.open_file import open_file
from reif.capture.imports.receive import path_of
from reif.capture.imports.rehearse import rehearse
from reif.capture.imports.undo import undo_to_the_end
from reif.capture.models import ImportProblem
from reif.capture.tests.import_files import a_draft, imported
from reif.crm.models import Identity, Person
from reif.crm.tests.people import a_company, a_person

pytestmark = pytest.mark.django_db
HEAD = "Record ID;First Name;Last Name;Email;Company name\n"


def test_an_id_is_enough_and_finds_them_again() -> None:
    imported(HEAD + "101;Anna;Huber;;Eins AG\n")
    again = imported(HEAD + "101;Anna;Huber;;Eins AG\n102;Ben;Frei;;\n")
    assert (again.created, again.same) == (1, 1)
    assert list(Person.objects.order_by("id").values_list("first_name", "email")) == [("Anna", None), ("Ben", None)]
    assert set(Identity.objects.values_list("kind", "value")) == {
        ("import:recordid", "101"),
        ("import:recordid", "102"),
    }


def test_neither_address_nor_id_is_a_clear_reason() -> None:
    one = imported(HEAD + "101;Anna;Huber;;\n;Ida;Frei;;\n102;Ben;Frei;ben.example;\n")
    assert (one.created, one.skipped) == (1, 2)
    assert set(ImportProblem.objects.values_list("row", "key")) == {(3, "neither"), (4, "address_no_at")}


def test_an_address_that_comes_later_belongs_to_the_same_person() -> None:
    imported(HEAD + "101;Anna;;;\n")
    later = imported(HEAD + "101;Anna;;anna@eins.example;\n101;Anna;;;\n")
    assert (later.created, later.changed, later.same) == (0, 1, 1)
    assert Person.objects.get().email == "anna@eins.example"
    undo_to_the_end(later.pk)
    assert Person.objects.get().email is None


def test_another_address_under_a_known_id_is_another_person() -> None:
    imported(HEAD + "101;Anna;Huber;anna@eins.example;\n")
    imported(HEAD + "101;Ben;Frei;ben@zwei.example;\n")
    assert Person.objects.count() == 2
    assert Identity.objects.get().person.first_name == "Anna"


def test_who_has_an_address_gets_their_id_too() -> None:
    anna = a_person(email="anna@eins.example")
    imported(HEAD + "101;;;anna@eins.example;\n")
    imported(HEAD + "101;Annemarie;;;\n", update="overwrite")
    anna.refresh_from_db()
    assert (anna.first_name, Person.objects.count()) == ("Annemarie", 1)


def test_the_same_id_twice_in_a_file_is_one_person() -> None:
    one = imported(HEAD + "101;Anna;;;\n101;;Huber;;\n", twice="first")
    assert (one.created, one.skipped, Person.objects.get().last_name) == (1, 1, "")
    two = imported(HEAD + "101;;Huber;;\n101;;Frei;;\n")
    assert (two.changed, two.same, Person.objects.get().last_name) == (1, 1, "Huber")


def test_a_rehearsal_says_the_same_and_writes_nothing() -> None:
    imported(HEAD + "101;Anna;Huber;;\n")
    draft = a_draft(HEAD + "101;Anna;Huber;;\n102;Ben;Frei;;\n102;Ben;Frei;;\n;Ida;;;\n")
    told = rehearse(draft, open_file(path_of(draft)))
    assert told.counts == {"same": 2, "created": 1, "skipped": 1}
    assert Person.objects.count() == 1


def test_an_undo_takes_them_and_their_ids_back() -> None:
    one = imported(HEAD + "101;Anna;Huber;;\n")
    undo_to_the_end(one.pk)
    assert not Person.objects.living().exists()
    assert not Identity.objects.exists()


def test_a_company_by_name_alone_is_joined_when_there_is_one() -> None:
    eins, frei = a_company(name="Eins AG", domain="eins.example"), a_company(name="Frei", domain="frei.example")
    a_company(name="FREI", domain="frei2.example")
    imported(HEAD + "1;Anna;;;EINS  AG\n2;Ben;;ben@gmx.ch;Eins AG\n3;Cy;;;Frei\n4;Di;;;Nirgends\n")
    joined = dict(Person.objects.values_list("first_name", "company_id"))
    assert joined == {"Anna": eins.pk, "Ben": eins.pk, "Cy": None, "Di": None}
    assert frei.people.count() == 0
