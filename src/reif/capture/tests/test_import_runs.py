"""Imports from the file to the people: taken over in pieces, resumed, stopped, undone, and never half done."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from reif.capture.imports import receive as receiving
from reif.capture.imports.mappings import remember, remembered
from reif.capture.imports.options import Answer
from reif.capture.imports.receive import folder, receive
from reif.capture.imports.run import Run, begin, cancel, run_to_the_end
from reif.capture.imports.skip_file import skip_file
from reif.capture.imports.table import BadFile
from reif.capture.imports.tidy import tidy_imports
from reif.capture.imports.to_inform import to_inform
from reif.capture.imports.undo import NotPossible, undo, undo_to_the_end
from reif.capture.models import Import, ImportedChange, ImportProblem
from reif.capture.tests.import_files import EXCEL, a_draft, imported, many
from reif.crm.consent import ask, give, may_mail
from reif.crm.edit import edit_person
from reif.crm.erase import erase
from reif.crm.models import Basis, Company, Consent, Person
from reif.crm.suppress import unwanted
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


# -- Taking over


def test_a_messy_excel_file_becomes_people() -> None:
    done = imported(EXCEL.encode("cp1252"))
    assert (done.state, done.rows, done.created, done.same, done.skipped, done.left_out) == ("done", 4, 2, 1, 1, 2)
    joerg, eva = Person.objects.order_by("id")
    assert (joerg.first_name, joerg.last_name, joerg.phone, joerg.country) == ("Jörg", "Müller", "+41791234567", "CH")
    assert (joerg.source, joerg.source_detail_1, joerg.source_detail_2) == ("OFFLINE", "IMPORT", "people.csv")
    assert joerg.traits == {"salutation": "Herr"}
    assert (eva.email, eva.last_name, eva.phone) == ("eva@zwei.example", "=cmd|' /C calc'!A0", "")
    assert Company.objects.get(domain="firma.example").name == 'Firma; "AG"'
    assert done.figures["again"] == 1
    assert not list(folder().iterdir())


def test_each_row_is_one_event_and_the_end_is_one_too() -> None:
    done = imported(many(100))
    facts = Event.objects.filter(kind="person.imported", topic=done.name)
    assert facts.count() == done.rows - done.skipped == 97
    end = Event.objects.get(kind="import.finished")
    assert (end.body["batch"], end.body["created"], end.body["skipped"]) == (done.pk, 97, 3)


def test_gaps_are_filled_and_nothing_is_overwritten_unless_wanted() -> None:
    person = a_person(email="a@x.example", first_name="Anna")
    content = "email;Vorname;Ort\na@x.example;Anja;Bern\n"
    imported(content)
    person.refresh_from_db()
    assert (person.first_name, person.city) == ("Anna", "Bern")
    imported(content, update="overwrite")
    person.refresh_from_db()
    assert person.first_name == "Anja"


def test_stage_owner_and_known_since() -> None:
    seller = a_user(email="vera@desk.example")
    content = (
        "email;Lifecycle Stage;Owner;Create Date\na@x.example;customer;Vera@desk.example;05.03.2024\nb@x.example;;;\n"
    )
    imported(content, stage="lead")
    a, b = Person.objects.order_by("email")
    assert (a.stage, a.owner, a.created_at.date().isoformat()) == ("customer", seller, "2024-03-04")
    assert (b.stage, b.owner) == ("lead", None)
    assert Event.objects.filter(kind="person.staged", person_id=a.pk, topic="customer").exists()


def test_an_unsubscribed_column_takes_permission_away_and_never_gives_one() -> None:
    person = a_person(email="a@x.example")
    give(ask(person, "marketing", "Ja", "1"))
    imported("email;Abgemeldet\na@x.example;ja\nb@x.example;nein\n")
    other = Person.objects.get(email="b@x.example")
    assert may_mail([person.pk, other.pk]) == set()


def test_without_a_permission_nobody_may_be_written_to() -> None:
    imported(many(20))
    assert may_mail(Person.objects.values_list("pk", flat=True)) == set()


def test_the_first_row_of_an_address_can_win() -> None:
    done = imported("email;Vorname\na@x.example;Eins\nA@X.example;Zwei\n", twice="first")
    assert Person.objects.get().first_name == "Eins"
    problem = ImportProblem.objects.get(of=done)
    assert (problem.key, problem.value, problem.row) == ("repeated", "2", 3)


def test_the_mapping_is_remembered_for_the_same_headings() -> None:
    remember(["E-Mail", "Budget"], ["email", "trait:budget"], {})
    found = remembered(["e-mail ", "BUDGET"])
    assert found is not None
    assert found.mapping == ["email", "trait:budget"]
    assert receive([b"E-Mail;Budget\na@x.example;5\n"], "a.csv", None).mapping == ["email", "trait:budget"]


# -- Bad days


def test_a_worker_that_was_killed_goes_on_without_doubling() -> None:
    draft = a_draft(many(500))
    run = begin(draft.pk)
    assert run is not None
    run.step(120)
    run.step(120)
    del run  # the process is gone; another one comes
    done = run_to_the_end(draft.pk, size=100)
    assert (done.rows, done.created, done.skipped) == (500, 485, 15)
    assert Event.objects.filter(kind="person.imported").count() == Person.objects.count() == 485


def test_a_failing_piece_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = a_draft(many(100))
    run = Run(Import.objects.get(pk=draft.pk))
    Import.objects.filter(pk=draft.pk).update(state="running")
    monkeypatch.setattr(ImportProblem.objects, "bulk_create", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run.step(50)
    assert not Person.objects.exists()
    assert not Event.objects.filter(kind="person.imported").exists()


def test_two_imports_with_the_same_people_make_them_once() -> None:
    one, two = begin(a_draft(many(300)).pk), begin(a_draft(many(300)).pk)
    assert one is not None
    assert two is not None
    while any([one.step(70), two.step(50)]):
        pass
    assert Person.objects.count() == 291
    assert sorted(Import.objects.values_list("rows", flat=True)) == [300, 300]


def test_the_worker_runs_what_waits() -> None:
    draft = a_draft(many(40))
    settle()
    assert Import.objects.get(pk=draft.pk).state == "done"
    assert Person.objects.count() == 39


def test_an_import_can_be_stopped() -> None:
    draft = a_draft(many(200))
    run = begin(draft.pk)
    assert run is not None
    run.step(50)
    assert cancel(draft)
    assert not run.step(50)
    draft.refresh_from_db()
    assert (draft.state, draft.rows) == ("cancelled", 50)
    assert draft.undo_until is not None


def test_a_file_that_vanished_fails_with_its_reason() -> None:
    draft = a_draft(many(10))
    for file in folder().iterdir():
        file.unlink()
    settle()
    draft.refresh_from_db()
    assert (draft.state, draft.trouble["key"]) == ("failed", "missing")


def test_a_full_disk_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receiving.Path, "open", full)
    with pytest.raises(BadFile) as refused:
        receive([b"email\na@x.example\n"], "a.csv", None)
    assert refused.value.key == "disk_full"
    assert not Import.objects.exists()


# -- The skip file


def test_the_skip_file_names_reasons_and_can_be_imported_again() -> None:
    done = imported(EXCEL.encode("cp1252"))
    text = "".join(skip_file(done))
    assert "'=cmd|" in text
    assert text.count("ida.example") == 1
    corrected = (
        text.replace("ida.example", "ida@x.example")
        .replace("4,17912E+10", "+41 79 222 33 44")
        .replace("Atlantis", "DE")
    )
    again = imported(corrected, update="overwrite")
    assert (again.rows, again.skipped, again.left_out) == (2, 0, 0)
    eva = Person.objects.get(email="eva@zwei.example")
    assert (eva.phone, eva.country, eva.last_name) == ("+41792223344", "DE", "=cmd|' /C calc'!A0")


# -- Undo


def test_an_undo_forgets_whom_it_made_and_restores_the_others() -> None:
    anna = a_person(email="max1@firma1.example", first_name="Anna", city="Bern", traits={"plan": "gold"})
    done = imported(many(60), update="overwrite")
    busy, edited = Person.objects.get(email="max2@firma2.example"), Person.objects.get(email="max3@firma3.example")
    with writing():
        append(FormSubmitted(person=busy.pk, topic="kontakt"))
    edit_person(edited, {"city": "Chur"}, by=a_user().pk)
    undone = undo_to_the_end(done.pk)
    anna.refresh_from_db()
    busy.refresh_from_db()
    assert (anna.first_name, anna.last_name, anna.city, anna.company_id) == ("Anna", "", "Bern", None)
    assert busy.first_name == "Max2"
    assert (undone.state, undone.restored, undone.kept, undone.removed) == ("undone", 1, 2, 56)
    assert Person.objects.living().count() == 3
    assert Event.objects.filter(kind="person.erased", body__reason="undo").count() == 56
    assert Event.objects.get(kind="import.undone").body["removed"] == 56


def test_what_was_changed_since_stays() -> None:
    anna = a_person(email="a@x.example", city="Bern")
    done = imported("email;Ort;Vorname\na@x.example;Chur;Anna\n", update="overwrite")
    anna.refresh_from_db()
    edit_person(anna, {"city": "Genf"}, by=a_user().pk)
    undo_to_the_end(done.pk)
    anna.refresh_from_db()
    assert (anna.city, anna.first_name) == ("Genf", "")


def test_those_who_were_removed_can_be_imported_again() -> None:
    done = imported(many(30))
    settle()
    undo(done)
    settle()
    again = imported(many(30))
    assert (again.created, Person.objects.living().count()) == (30, 30)


def test_an_undo_is_possible_once_and_for_thirty_days() -> None:
    done = imported(many(10))
    Import.objects.filter(pk=done.pk).update(undo_until=now())
    with pytest.raises(NotPossible):
        undo(done)
    Import.objects.filter(pk=done.pk).update(undo_until=None)
    with pytest.raises(NotPossible):
        undo_to_the_end(done.pk)
    with pytest.raises(NotPossible):
        undo_to_the_end(10**6)


def test_people_to_be_informed_are_listed() -> None:
    a_person(email="max1@firma1.example")
    lines = list(to_inform(imported(many(5))))
    assert len(lines) == 1 + 4
    assert not any("max1@" in line for line in lines)


def test_changes_go_with_the_person() -> None:
    person = a_person(email="max1@firma1.example")
    imported(many(3))
    assert ImportedChange.objects.filter(person=person).exists()
    erase([person.pk])
    settle()
    assert not ImportedChange.objects.exists()


def test_an_answer_about_the_basis_is_needed() -> None:
    assert Answer().lacks == "basis"
    assert Answer(basis="contract", mail="yes", evidence="ja").lacks == "evidence"
    assert not Answer(basis="contract", mail="yes", evidence="Formular vom 3. März, Ja zum Newsletter").lacks


# -- Permission and basis


def test_a_permission_with_evidence_is_stored_with_it() -> None:
    answer = Answer(basis="consent", mail="yes", evidence="Messe Zürich, 3. März 2026, Karte mit «Ja zum Newsletter»")
    done = imported("email;Opt-in-Datum;Abgemeldet\na@x.example;05.03.2026;\nb@x.example;;ja\n", answer=answer)
    a, b = Person.objects.order_by("email")
    consent = Consent.objects.get()
    assert (consent.person, consent.basis, consent.evidence["import"]) == (a, "imported", done.name)
    assert consent.given_at is not None
    assert consent.given_at.date().isoformat() == "2026-03-04"
    assert unwanted([b.email or ""])


def test_the_basis_is_recorded_and_who_must_be_informed() -> None:
    done = imported(many(10), answer=Answer(basis="legitimate_interest_lead"))
    settle()
    bases = Basis.objects.filter(came_from=f"import:{done.pk}", kind="legitimate_interest_lead")
    assert bases.count() == 10
    assert all(b.inform_by for b in bases)


def test_whoever_was_forgotten_is_not_brought_back() -> None:
    imported("email\na@x.example\n")
    erase(Person.objects.values_list("pk", flat=True))
    done = imported("email\na@x.example\nb@x.example\n")
    assert (done.created, done.skipped) == (1, 1)
    assert ImportProblem.objects.get(of=done).key == "forgotten"


def test_after_thirty_days_rows_are_forgotten_and_figures_stay() -> None:
    a_person(email="max1@firma1.example")
    done = imported(many(40))
    Import.objects.filter(pk=done.pk).update(undo_until=now())
    tidy_imports([])
    done.refresh_from_db()
    assert done.undo_until is None
    assert not ImportedChange.objects.exists()
    assert not ImportProblem.objects.exists()
    assert done.figures["reasons"]
