"""Job titles: a table of more than four hundred, and what holds for any of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reif.crm.jobs.read_title import DEPARTMENTS, LEVELS, RANKS, Job, read_title
from reif.crm.models import Person
from reif.crm.tests.people import a_person
from reif.crm.upsert import Draft, upsert_people

TABLE = list(csv.DictReader((Path(__file__).parent / "titles.csv").read_text("utf-8").splitlines(), delimiter=";"))
NEUTRAL = ("Leiter Personal", "Einkäufer", "Geschäftsführer", "Controller", "Buchhalter", "Produktmanager", "Referent")


def test_at_least_ninety_eight_of_a_hundred_titles_are_read_right() -> None:
    wrong = [r["title"] for r in TABLE if read_title(r["title"]) != (r["department"], r["level"])]
    assert len(TABLE) > 400
    assert len(wrong) <= len(TABLE) * 0.02, wrong


def test_the_levels_and_departments_have_words_and_ranks() -> None:
    assert set(RANKS) == set(LEVELS)
    assert all(len(words) == 2 and all(words) for words in [*LEVELS.values(), *DEPARTMENTS.values()])


@pytest.mark.parametrize("title", NEUTRAL)
@pytest.mark.parametrize(
    "form", ["{}in", "{}:in", "{}*in", "{}/in", "{}/-in", "{}_in", "{}In", "{}(in)", "{} (m/w/d)", "{} m/w/d"]
)
def test_women_and_men_have_the_same_job(title: str, form: str) -> None:
    first, _blank, rest = title.partition(" ")
    gendered = f"{form.format(first)} {rest}".strip()
    assert read_title(gendered) == read_title(title) != Job()


@pytest.mark.parametrize(
    "title", ["Assistenz der Geschäftsleitung", "Assistant to the CEO", "Sekretärin des Vorstands"]
)
def test_who_works_for_the_top_is_not_the_top(title: str) -> None:
    assert read_title(title) == Job("management", "assistant")


@given(st.text(max_size=60))
def test_anything_can_be_read_and_blanks_and_case_do_not_matter(text: str) -> None:
    job = read_title(text)
    assert job.department in ("", *DEPARTMENTS)
    assert job.level in ("", *LEVELS)
    assert read_title(f"  {text} ") == job


@pytest.mark.django_db
def test_a_person_keeps_what_the_title_says() -> None:
    person = a_person(job_title="Leiterin Personal")
    assert (person.department, person.level) == ("hr", "head")
    person.job_title = "Astronaut"
    person.save()
    assert Person.objects.filter(department="", level="").get() == person


@pytest.mark.django_db
def test_rows_of_an_upsert_keep_it_too() -> None:
    [made] = upsert_people([Draft("a@firma.example", job_title="CFO")])
    assert (made.person.department, made.person.level) == ("finance", "owner")
    upsert_people([Draft("a@firma.example", job_title="Werkstudentin HR")])
    kept = Person.objects.get()
    assert (kept.department, kept.level) == ("hr", "student")
