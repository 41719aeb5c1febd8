import pytest

from reif.crm.models import Person
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.rules.decode import decode, encode
from reif.rules.memory import reader
from reif.rules.record import records
from reif.rules.sql import where

RULES = [
    {"field": "company.size", "op": ">=", "value": 50},
    {"not": {"field": "company.size", "op": ">=", "value": 50}},
    {"field": "job_title", "op": "contains", "value": "Geschäft"},
    {"field": "traits.größe", "op": ">=", "value": 1.5},
    {"field": "traits.größe", "op": "one of", "value": [1.5, 2]},
    {"field": "traits.größe", "op": "is set"},
    {"field": "traits.größe", "op": "is", "value": "x"},
    {"field": "traits.größe", "op": "contains", "value": "x"},
    {"field": "traits.größe", "op": "begins with", "value": "x"},
    {"field": "traits.größe", "op": "is", "value": True},
    {"field": "traits.größe", "op": "is not", "value": True},
    {"field": "email_domain", "op": "is", "value": "X.ch"},
    {"field": "email_domain", "op": "begins with", "value": "x"},
    {"field": "consent", "op": "is", "value": False},
    {"field": "has_owner", "op": "is", "value": False},
    {"field": "created_at", "op": "within", "value": "30d"},
    {"field": "created_at", "op": "after", "value": "2026-01-01"},
    {"did": "page.viewed", "topic": "/preise", "at_least": 1, "within": "30d"},
    {"did": "page.viewed", "topic": "/pr*", "at_least": 2, "within": "30d"},
    {"not": {"any": [{"did": "page.viewed"}, {"field": "score", "op": ">", "value": 3}]}},
]


@pytest.mark.django_db
@pytest.mark.parametrize("obj", RULES)
def test_same(obj):
    c = a_company(size=60)
    people = [
        a_person(company=c, job_title="GESCHÄFTSFÜHRER", email="a@x.ch", traits={"größe": 1.5}),
        a_person(traits={"größe": "xy"}),
        a_person(traits={"größe": True}),
    ]
    with writing():
        append(*(PageViewed(person=people[0].id, topic="/preise") for _ in range(2)))
        append(PageViewed(person=people[1].id, topic="/preise", machine=True))
    p = decode(obj)
    assert decode(encode(p)) == p
    n = now()
    sql = set(Person.objects.filter(where(p, n)).values_list("id", flat=True))
    r = reader(p)
    mem = {i for i, rec in records([x.id for x in people], p).items() if r(rec, n)}
    assert sql == mem
