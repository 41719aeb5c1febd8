"""The fast way for files does what `upsert_people` does: same rows, and in one fact what that says in several."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reif.crm.bulk_upsert import Origin, Taken, bulk_upsert
from reif.crm.known_companies import KnownCompanies
from reif.crm.models import Company, Person
from reif.crm.tests.people import a_company, a_person
from reif.crm.told import Draft, told
from reif.crm.upsert import upsert_people
from reif.kit.address import normalise
from reif.log.models import Event

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(["", " ", "Anna", "ANNA", "Müller", "o'Neill", "a\\b", "tab\there", "x" * 300, '{"a": 1}'])
ADDRESSES = st.sampled_from(
    ["a@eins.example", "A@EINS.example", "b@eins.example", "c@zwei.example", "d@gmx.ch", "e@drei.example"]
)
DRAFTS = st.builds(
    Draft,
    email=ADDRESSES,
    first_name=WORDS,
    last_name=WORDS,
    city=WORDS,
    company_name=WORDS,
    company_domain=st.sampled_from(["", "", "zwei.example", "vier.example", "gmx.ch"]),
    country=st.sampled_from(["", "CH", "DE"]),
    company_size=st.sampled_from([None, 10, 20]),
    source=st.sampled_from(["", "OFFLINE", "REFERRALS"]),
    source_detail_1=WORDS,
    utm=st.sampled_from([{}, {"utm_source": "x"}]),
    traits=st.sampled_from([{}, {"plan": "gold"}, {"plan": None}, {"plan": 'a"b\\', "n": 3}]),
)


def rows() -> list[dict[str, Any]]:
    people = Person.objects.order_by("email").values()
    domains = dict(Company.objects.values_list("id", "domain"))
    unlike = ("id", "created_at", "updated_at", "company_id")
    return [{k: v for k, v in p.items() if k not in unlike} | {"at": domains.get(p["company_id"])} for p in people]


def companies() -> list[dict[str, Any]]:
    unlike = ("id", "created_at", "updated_at")
    return [{k: v for k, v in c.items() if k not in unlike} for c in Company.objects.order_by("domain").values()]


def said() -> list[tuple[Any, ...]]:
    """What the log knows, whichever way it was told."""
    emails = dict(Person.objects.values_list("id", "email"))
    domains = dict(Company.objects.values_list("id", "domain"))
    found: list[tuple[Any, ...]] = []
    for e in Event.objects.order_by("id"):
        who, where = emails.get(e.person_id), domains.get(e.company_id)
        if e.kind == "person.imported":
            if e.body["created"]:
                found.append(("person.created", who, e.body["source"]))
            elif e.body["fields"]:
                found.append(("person.changed", who, tuple(e.body["fields"])))
            if e.body["joined"]:
                found.append(("company.joined", who, where))
        elif e.kind == "person.created":
            found.append((e.kind, who, e.body["source"]))
        elif e.kind == "person.changed":
            found.append((e.kind, who, tuple(e.body["fields"])))
        elif e.kind == "company.joined":
            found.append((e.kind, who, where))
        else:
            found.append((e.kind, where, tuple(e.body.get("fields", ()))))
    return sorted(found, key=repr)


def empty() -> None:
    Event.objects.all().delete()
    Person.objects.all().delete()
    Company.objects.all().delete()


def bulk(drafts: list[Draft], overwrite: bool = True, companies: KnownCompanies | None = None) -> list[Taken]:
    ready = [told(d, normalise(d.email)) for d in drafts]
    return bulk_upsert(ready, Origin(7, "Messe"), overwrite=overwrite, companies=companies)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(DRAFTS, max_size=8), min_size=1, max_size=3), overwrite=st.booleans())
def test_both_ways_leave_the_same_behind(batches: list[list[Draft]], overwrite: bool) -> None:
    empty()
    one_by_one = [
        [(r.created, set(r.changed)) for r in upsert_people(b, "import", overwrite=overwrite)] for b in batches
    ]
    slow = rows(), companies(), said()
    empty()
    known = KnownCompanies()
    at_once = []
    for batch in batches:
        taken = bulk(batch, overwrite, known)
        at_once.append([(t.created, set(t.after) - {"company_id"}) for t in taken])
    assert (rows(), companies(), said()) == slow
    for before, after in zip(one_by_one, at_once, strict=True):
        assert [b for b in before if not b[0]] == [a for a in after if not a[0]]


def test_one_fact_for_each_row_even_when_nothing_is_new() -> None:
    drafts = [Draft(f"p{n}@firma{n % 7}.example", first_name="Eva") for n in range(50)]
    bulk(drafts)
    bulk(drafts)
    facts = list(Event.objects.filter(kind="person.imported").order_by("id"))
    assert [f.body["created"] for f in facts] == [True] * 50 + [False] * 50
    assert {(f.topic, f.body["batch"]) for f in facts} == {("Messe", 7)}
    assert not any(f.body["fields"] or f.body["joined"] for f in facts[50:])


def test_what_was_there_is_told_for_the_undo() -> None:
    a_person(email="a@eins.example", first_name="Anna")
    (taken,) = bulk([Draft("a@eins.example", first_name="Anne", city="Bern")])
    assert not taken.created
    assert {k: taken.before[k] for k in ("first_name", "city", "company_id")} == {
        "first_name": "Anna", "city": "", "company_id": None}  # fmt: skip
    assert taken.after["first_name"] == "Anne"


def test_what_is_known_of_companies_is_asked_once() -> None:
    a_company(domain="eins.example", name="Eins AG", size=5, industry="x", country="CH", region="ZH", city="Uster")
    known = KnownCompanies()
    bulk([Draft("a@eins.example", company_name="Andere AG")], companies=known)
    bulk([Draft("b@eins.example", company_name="Dritte AG")], companies=known)
    assert Company.objects.get().name == "Eins AG"
    assert Person.objects.filter(company__domain="eins.example").count() == 2


def test_ten_thousand_rows_cost_few_queries(django_assert_max_num_queries: Any) -> None:
    drafts = [Draft(f"p{n}@firma{n % 50}.example", first_name=f"P{n}") for n in range(10_000)]
    with django_assert_max_num_queries(40):
        bulk(drafts)
    with django_assert_max_num_queries(40):
        bulk(drafts)
    assert Person.objects.count() == 10_000
