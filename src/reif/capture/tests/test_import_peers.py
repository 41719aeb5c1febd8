"""What other programs export: their headings are recognised, and a row of each becomes the person it tells of."""

from __future__ import annotations

import pytest

from reif.capture.imports.recognise import recognise
from reif.capture.tests.import_files import imported
from reif.crm.models import Identity, Person

pytestmark = pytest.mark.django_db

MAUTIC = (
    "id,points,date_added,title,firstname,lastname,company,position,email,phone,mobile,address1,city,state,zipcode,country,"
    "preferred_locale,timezone,website,stage,tags,doNotContact,utm_source\n"
    "17,30,2024-01-01 10:00:00,Mrs,Anna,Huber,Eins AG,Einkauf,anna@eins.example,+41441234567,,Gasse 1,Bern,Bern,3000,"
    "Switzerland,de_CH,Europe/Zurich,https://eins.example,,vip,,google\n"
)
ODOO = (
    '"id","name","email","phone","street","zip","city","state_id","country_id","function","parent_id","lang","category_id"\n'
    '"__export__.res_partner_12","Eins AG, Anna Huber","anna@eins.example","+41 44 123 45 67","Gasse 1","3000","Bern",'
    '"Bern (CH)","Switzerland","Einkauf","Eins AG","de_CH","VIP"\n'
)
OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street",'
    '"Business City","Business State","Business Postal Code","Business Country/Region","Home Street","Business Phone",'
    '"Mobile Phone","Birthday","Categories","E-mail Address","E-mail Type","E-mail 2 Address","Language"\n'
    '"Dr.","Anna","","Huber","","Eins AG","","Einkauf","Gasse 1","Bern","Bern","3000","Switzerland","","044 123 45 67",'
    '"079 123 45 67","0.0.00","VIP","anna@eins.example","SMTP","","German"\n'
)
OUTLOOK_DE = (
    "Anrede,Vorname,Weitere Vornamen,Nachname,Firma,Abteilung,Position,Straße geschäftlich,Ort geschäftlich,"
    "Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Telefon geschäftlich,"
    "Telefon (privat),Mobiltelefon,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name,E-Mail 2: Adresse,Sprache\n"
    "Frau,Anna,,Huber,Eins AG,Einkauf,Einkauf,Gasse 1,Bern,Bern,3000,Schweiz,,044 123 45 67,,079 123 45 67,"
    "anna@eins.example,SMTP,Anna Huber,,Deutsch\n"
)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(MAUTIC, "utf-8"), (ODOO, "utf-8"), (OUTLOOK, "cp1252"), (OUTLOOK_DE, "cp1252")],
    ids=["mautic", "odoo", "outlook", "outlook-german"],
)
def test_one_person_from_each(content: str, encoding: str) -> None:
    assert imported(content.encode(encoding)).created == 1
    anna = Person.objects.get()
    assert (anna.first_name, anna.last_name, anna.email) == ("Anna", "Huber", "anna@eins.example")
    assert (anna.phone, anna.job_title, anna.company_name) == ("+41441234567", "Einkauf", "Eins AG")
    assert (anna.city, anna.region, anna.postal_code, anna.country) == ("Bern", "Bern", "3000", "CH")
    assert anna.language.startswith("de")
    assert anna.traits["street"] == "Gasse 1"


def test_title_beside_a_job_is_no_job() -> None:
    assert [g.target for g in recognise(["Title", "Job Title"], [])] == ["salutation", "job_title"]
    assert [g.target for g in recognise(["Salutation", "Title", "Position"], [])] == [
        "salutation",
        "title",
        "job_title",
    ]
    assert [g.target for g in recognise(["First Name", "Title"], [])] == ["first_name", "job_title"]


def test_ids_of_two_systems_do_not_meet() -> None:
    imported(MAUTIC)
    imported("Person - ID,Person - Name,Person - Email\n17,Ben Frei,ben@zwei.example\n")
    kinds = set(Identity.objects.filter(value="17").values_list("kind", "person__email"))
    assert kinds == {("import:id", "anna@eins.example"), ("import:personid", "ben@zwei.example")}
