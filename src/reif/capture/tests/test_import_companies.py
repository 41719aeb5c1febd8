"""Files of companies: known by domain, else by name within a country; told, taken over, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reif.capture.imports.amounts import amount
from reif.capture.imports.open_file import open_file
from reif.capture.imports.options import Options
from reif.capture.imports.receive import path_of, receive
from reif.capture.imports.refused import Refused
from reif.capture.imports.rehearse import rehearse
from reif.capture.imports.run import run_to_the_end, start
from reif.capture.imports.skip_file import skip_file
from reif.capture.imports.undo import undo_to_the_end
from reif.capture.models import Import, ImportProblem
from reif.capture.tests.import_files import imported as people_imported
from reif.crm.company_key import company_key
from reif.crm.models import Company, Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
GERMAN = (
    "Firma;Domain;Branche;Mitarbeiterzahl;Land;Ort;Telefon;Umsatz;Muttergesellschaft;ABC-Kunde\n"
    "Alpenhof AG;alpenhof.example;Hotellerie;1'250;Schweiz;Chur;081 257 11 22;CHF 12,5 Mio.;Berg Holding;A\n"
    "Berg Holding;berg.example;;;CH;Zürich;;;;\n"
    "Müller & Söhne GmbH;;Bau;40;Deutschland;Köln;0221 999 88 77;3.200.000;;B\n"
    ";;;;;Bern;;;;C\n"
    "Nebel AG;gmail.com;;viele;CH;;;;;\n"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


def a_draft(content: str, **options: Any) -> Import:
    draft = receive([content.encode()], "firmen.csv", None, kind="companies")
    draft.mapping = [target or f"trait:{h.lower()}" for h, target in zip(draft.headings, draft.mapping, strict=True)]
    draft.options = msgspec.to_builtins(Options(**options))
    draft.save()
    return draft


def imported(content: str, **options: Any) -> Import:
    draft = a_draft(content, **options)
    start(draft)
    return run_to_the_end(draft.pk)


def a_company(name: str, domain: str | None = None, **more: Any) -> Company:
    return Company.objects.create(name=name, domain=domain, created_at=now(), **more)


def figures(one: Import) -> tuple[int, ...]:
    return one.rows, one.created, one.changed, one.same, one.skipped, one.left_out


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne AG", "MUELLER + SOEHNE"), ("Müller und Söhne", "Müller & Söhne GmbH & Co. KG"), ("S.B.B. S.A.", "SBB"),
        ("Amnesty e.V.", "Amnesty"), ("Foo Bar Ltd.", "foo-bar, Inc."),
    ],
)  # fmt: skip
def test_names_are_one_without_signs_and_legal_form(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


def test_a_legal_form_alone_stays_a_name_and_different_names_stay_apart() -> None:
    assert company_key("AG") == "ag"
    assert company_key("Co-Op") != company_key("Op")
    assert company_key("– –") == ""


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1'200'000", 1_200_000), ("CHF 12,5 Mio.", 12_500_000), ("1.234.567,89 €", 1_234_568), ("1,234,567.89", 1_234_568),
        ("3,2 Mrd", 3_200_000_000), ("500k", 500_000), ("5000", 5000), ("1.250 Mio", 1_250_000), ("1.250", 1250), ("2.5", 2),
        ("$1.2M", 1_200_000),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(text: str, units: int) -> None:
    assert amount(text) == units


@pytest.mark.parametrize("text", ["viel", "1-5 Mio", "-3", "9" * 30])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        amount(text)


def test_a_german_file_becomes_companies() -> None:
    done = imported(GERMAN)
    assert figures(done) == (5, 3 + 1, 0, 0, 1, 2)
    alpenhof = Company.objects.get(domain="alpenhof.example")
    assert (alpenhof.name, alpenhof.industry, alpenhof.size, alpenhof.country) == (
        "Alpenhof AG",
        "Hotellerie",
        1250,
        "CH",
    )
    assert (alpenhof.city, alpenhof.phone, alpenhof.revenue) == ("Chur", "+41812571122", 12_500_000)
    assert alpenhof.traits == {"abc-kunde": "A"}
    assert alpenhof.parent is not None
    assert (alpenhof.parent.name, alpenhof.parent.domain) == ("Berg Holding", "berg.example")
    cologne = Company.objects.get(country="DE")
    assert (cologne.domain, cologne.phone, cologne.revenue) == (None, "+492219998877", 3_200_000)
    reasons = set(ImportProblem.objects.values_list("row", "key", "skipped"))
    assert reasons == {(5, "nameless", True), (6, "free_mail", False), (6, "number", False)}
    assert "Da ist weder ein Name noch eine Domain." in "".join(skip_file(done))
    assert Event.objects.filter(kind="company.created", topic="import").count() == 4


def test_an_english_file_is_understood_by_its_headings() -> None:
    draft = a_draft(
        "Company name,Company Domain Name,Industry,Number of Employees,Country/Region,City,Phone Number,Annual Revenue,"
        "Parent Company,Website URL\nAcme Inc.,acme.example,Software,12,USA,Boston,+1 617 555 0100,$1.2M,,www.acme.example\n"
    )
    assert draft.mapping == [
        "company_name", "company_domain", "industry", "company_size", "country", "city", "phone", "revenue", "parent",
        "website",
    ]  # fmt: skip


def test_the_same_file_again_doubles_nothing_and_says_nothing() -> None:
    imported(GERMAN)
    before = (Company.objects.count(), Event.objects.filter(kind__startswith="company.").count())
    again = imported(GERMAN)
    assert (again.created, again.changed, again.same) == (0, 0, 4)
    assert (Company.objects.count(), Event.objects.filter(kind__startswith="company.").count()) == before


def test_a_domain_counts_more_than_a_name_and_a_name_only_within_its_country() -> None:
    swiss = a_company("Adler AG", country="CH")
    other = a_company("Adler AG", "adler-de.example", country="DE")
    done = imported(
        "Firma;Domain;Land;Ort\nAdler;adler.example;CH;Bern\nADLER GmbH;adler-de.example;DE;Ulm\nAdler AG;;AT;Graz\n"
    )
    assert (done.created, done.changed) == (1, 2)
    swiss.refresh_from_db()
    other.refresh_from_db()
    assert (swiss.domain, swiss.city, other.city) == ("adler.example", "Bern", "Ulm")
    assert Company.objects.get(country="AT").city == "Graz"


def test_where_two_are_called_the_same_the_row_is_told_as_unclear() -> None:
    a_company("Linde AG", "linde-a.example", country="CH")
    a_company("Linde GmbH", "linde-b.example", country="CH")
    content = "Firma;Ort\nLinde;Basel\n"
    draft = a_draft(content)
    told = rehearse(draft, open_file(path_of(draft)))
    assert dict(told.counts) == {"unclear": 1}
    done = imported(content)
    assert figures(done) == (1, 0, 0, 0, 1, 0)
    assert ImportProblem.objects.get().key == "unclear"
    assert not Company.objects.exclude(city="").exists()


def test_gaps_are_filled_and_nothing_is_overwritten_unless_wanted() -> None:
    company = a_company("alpenhof.example", "alpenhof.example", city="Chur")
    content = "Firma;Domain;Ort;Branche\nAlpenhof AG;alpenhof.example;Davos;Hotellerie\n"
    imported(content)
    company.refresh_from_db()
    assert (company.name, company.city, company.industry) == ("Alpenhof AG", "Chur", "Hotellerie")
    imported(content, update="overwrite")
    company.refresh_from_db()
    assert (company.city, company.name_key) == ("Davos", "alpenhof")


def test_a_rehearsal_says_what_the_import_does_and_writes_nothing() -> None:
    a_company("Berg Holding", "berg.example")
    draft = a_draft(GERMAN)
    told = rehearse(draft, open_file(path_of(draft)))
    assert not Event.objects.filter(kind="company.changed").exists()
    assert Company.objects.count() == 1
    start(draft)
    done = run_to_the_end(draft.pk)
    assert (told.counts["created"], told.counts["changed"], told.counts["skipped"]) == (3, 1, 1)
    assert (done.created, done.changed, done.skipped) == (3, 1, 1)


def test_nobody_belongs_to_himself() -> None:
    a_company("Mutter AG", "mutter.example", parent=None)
    imported("Firma;Domain;Konzern\nTochter AG;tochter.example;Mutter AG\n")
    done = imported("Firma;Domain;Konzern\nMutter AG;mutter.example;tochter.example\nSolo AG;solo.example;Solo\n")
    assert set(ImportProblem.objects.filter(of=done).values_list("key", flat=True)) == {"parent_self"}
    assert Company.objects.get(domain="tochter.example").parent == Company.objects.get(domain="mutter.example")


def test_undo_removes_what_nobody_uses_and_puts_the_rest_back() -> None:
    old = a_company("berg.example", "berg.example")
    done = imported(GERMAN)
    works = a_person(email="anna@x.example")
    Person.objects.filter(pk=works.pk).update(company=Company.objects.get(domain="alpenhof.example"))
    undone = undo_to_the_end(done.pk)
    assert (undone.state, undone.removed, undone.kept, undone.restored) == ("undone", 2, 1, 1)
    old.refresh_from_db()
    assert (old.name, old.city, old.country) == ("berg.example", "", "")
    assert set(Company.objects.values_list("domain", flat=True)) == {"berg.example", "alpenhof.example"}
    assert Event.objects.filter(kind="company.removed").count() == 2


def test_what_somebody_changed_since_stays_as_it_is() -> None:
    company = a_company("berg.example", "berg.example")
    done = imported(GERMAN)
    Company.objects.filter(pk=company.pk).update(city="Genf")
    undo_to_the_end(done.pk)
    company.refresh_from_db()
    assert (company.city, company.country) == ("Genf", "")


def test_people_of_a_later_file_join_the_company() -> None:
    imported(GERMAN)
    people_imported("E-Mail;Firma\nanna@alpenhof.example;Irgendwas\n")
    assert Person.objects.get().company == Company.objects.get(domain="alpenhof.example")


def test_thousands_of_rows_in_few_questions(django_assert_max_num_queries: Any) -> None:
    rows = "\n".join(f"Firma {n} AG;firma{n}.example;CH;Firma {n // 10}" for n in range(2000))
    draft = a_draft(f"Firma;Domain;Land;Konzern\n{rows}\n")
    start(draft)
    with django_assert_max_num_queries(60):
        done = run_to_the_end(draft.pk)
    assert done.created == 2000


def test_from_the_upload_to_the_undo_on_the_pages() -> None:
    client = Client(headers={"accept-language": "de"})
    client.force_login(a_user("marketing", language="de"))
    client.post("/imports", {"file": SimpleUploadedFile("Firmen.csv", GERMAN.encode()), "kind": "companies"})
    one = Import.objects.get()
    page = client.get(f"/imports/{one.pk}", follow=True).content.decode()
    assert "Gehört zu (Name oder Domain)" in page
    assert "Stufe neuer Personen" not in page
    told = {f"target_{n}": target for n, target in enumerate(one.mapping)} | {"name": "Firmen", "country": "CH"}
    assert client.post(f"/imports/{one.pk}/mapping", told | {"target_0": "", "target_1": ""}).status_code == 422
    assert client.post(f"/imports/{one.pk}/mapping", told)["Location"] == f"/imports/{one.pk}/rehearsal"
    page = client.get(f"/imports/{one.pk}/rehearsal").content.decode()
    assert "Unklar" in page
    assert "Auf welcher Grundlage" not in page
    client.post(f"/imports/{one.pk}/rehearsal")
    settle()
    report = client.get(f"/imports/{one.pk}").content.decode()
    assert "Neue Firmen" in report
    assert "Da ist weder ein Name noch eine Domain." in report
    client.post(f"/imports/{one.pk}/undo")
    settle()
    assert "Firmen wurden entfernt" in client.get(f"/imports/{one.pk}").content.decode()
    assert not Company.objects.exists()
