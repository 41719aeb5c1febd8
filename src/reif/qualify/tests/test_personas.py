"""Personas are found from what is known, stay as chosen by hand, are found anew for everybody, and conditions ask for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reif.crm.erase import erase
from reif.crm.models import Member, Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.tests.people import a_company, a_person, a_user
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed
from reif.log.event import event_of
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.check import check
from reif.playbook.current import current
from reif.playbook.draft import read_plain
from reif.qualify.models import Choice, Likeness, Round
from reif.qualify.personas import everybody
from reif.qualify.personas.assign import choose, release
from reif.qualify.personas.figures import figures
from reif.qualify.personas.why import why
from reif.qualify.tests.ways import in_force

pytestmark = pytest.mark.django_db
HEAD: dict[str, Any] = {
    "key": "head",
    "words": {"en": "Petra", "de": "Petra"},
    "department": ["hr"],
    "level": ["head"],
    "size": [50, 500],
}
BOSS: dict[str, Any] = {"key": "boss", "department": ["management"], "level": ["owner"]}
SEGMENT = {"key": "heads", "when": {"field": "persona", "op": "is", "value": "head"}}
FIT = {"key": "petra", "points": 30, "when": {"field": "persona", "op": "is", "value": "head"}}


def ready(*personas: dict[str, Any], **more: Any) -> None:
    in_force(personas={"persona": list(personas or (HEAD, BOSS))}, segments={"segment": [SEGMENT]}, **more)
    settle()


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def signed_in(role: str = "marketing") -> Client:
    client = Client()
    client.force_login(a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_job_title_makes_a_persona_with_its_evidence() -> None:
    ready()
    [made] = upsert_people([Draft("a@firma.example", job_title="Leiterin Personal")])
    settle()
    assert fresh(made.person).persona == "head"
    like = Likeness.objects.get()
    assert like.evidence == {"department": "fits", "level": "fits", "size": "unknown"}
    assert like.confidence == round(100 * 65 / 85)
    assert Member.objects.filter(segment="heads").count() == 1
    upsert_people([Draft("a@firma.example", job_title="CEO")])
    settle()
    assert fresh(made.person).persona == "boss"
    assert not Member.objects.filter(segment="heads").exists()


def test_why_is_said_in_words_with_what_is_known_and_what_is_asked_for() -> None:
    ready()
    person = a_person(job_title="Leiterin Personal", company=a_company(size=20))
    with override("en"):
        told = why(person, current("personas").personas, "en")
    assert told is not None
    assert (told.key, told.found, told.confidence) == ("head", True, 76)
    assert told.sentence == (
        "Like “Petra” to 76 %. What fits: Department HR, read from “Leiterin Personal” (asked for: HR); Level Head/manager, "
        "read from “Leiterin Personal” (asked for: Head/manager). What does not, or is not known: Company size 20 (asked for: 50–500)."
    )
    with override("de"):
        stranger = why(a_person(job_title="Astronaut"), current("personas").personas, "de")
    assert stranger is not None
    assert not stranger.found
    assert stranger.sentence.startswith("Keiner Persona ähnlich: Die nächste")


def test_new_personas_sort_everybody_in() -> None:
    person = a_person(job_title="Personalleiter", company=a_company(size=100))
    other = a_person(job_title="Astronaut")
    ready()
    assert fresh(person).persona == "head"
    assert Likeness.objects.get(person=person).confidence == 100
    assert fresh(other).persona == ""
    assert fresh(other).completeness is not None


def test_everybody_is_looked_at_in_pieces_with_progress_and_few_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "PIECE", 40)
    people = [a_person(job_title="Personalleiter") for _ in range(100)]
    in_force(personas={"persona": [HEAD, BOSS]})
    with writing():
        everybody.begin(_applied())
    with CaptureQueriesContext(connection) as queries:
        walk()
    assert len(queries) <= 24
    told = everybody.progress()
    assert told is not None
    assert (told.moved, told.rated) == (40, 40)
    assert 0 < told.percent < 100
    assert signed_in().get("/personas/walk/progress").context["progress"].moved == 40
    walk()
    walk()
    assert everybody.progress() is None
    assert Person.objects.filter(persona="head").count() == len(people) == Round.objects.get().moved


def test_a_walk_that_is_overtaken_ends_and_the_newer_one_counts() -> None:
    a_person(job_title="Personalleiter")
    in_force(personas={"persona": [HEAD]})
    in_force(personas={"persona": [{**BOSS, "department": ["hr"], "level": ["head"]}]})
    settle()
    assert list(Person.objects.values_list("persona", flat=True)) == ["boss"]
    assert Round.objects.filter(done_at=None).count() == 0


def test_nothing_is_written_when_nothing_changed() -> None:
    a_person(job_title="Personalleiter")
    ready()
    likeness, events = list(Likeness.objects.values()), Event.objects.filter(kind="persona.assigned").count()
    in_force(personas={"persona": [HEAD, BOSS, {"key": "it", "department": ["it"]}]})
    settle()
    assert list(Likeness.objects.values()) == likeness
    assert Event.objects.filter(kind="persona.assigned").count() == events


def test_who_knows_better_keeps_it_until_it_is_released() -> None:
    person, user = a_person(job_title="Personalleiter"), a_user("seller")
    ready()
    choose(person, "boss", "Sie entscheidet", by=user.pk)
    upsert_people([Draft(str(person.email), job_title="Leiterin HR")])
    settle()
    assert fresh(person).persona == "boss"
    ready({**HEAD, "least": 10}, BOSS)  # everybody anew
    assert fresh(person).persona == "boss"
    release(fresh(person))
    assert fresh(person).persona == "head"


def test_a_choice_of_a_persona_that_is_gone_waits_until_it_comes_back() -> None:
    person = a_person(job_title="Personalleiter")
    ready()
    choose(person, "boss", "", by=a_user("seller").pk)
    ready(HEAD)
    assert fresh(person).persona == "head"
    ready(HEAD, BOSS)
    assert fresh(person).persona == "boss"
    erase([person.pk])
    settle()
    assert not Choice.objects.exists()
    assert not Likeness.objects.exists()


def test_a_fit_rule_and_a_segment_follow_the_persona() -> None:
    person = a_person(job_title="Personalleiter")
    ready(scoring={"model": [{"fit": [FIT]}]})
    assert (fresh(person).score, fresh(person).persona) == (30, "head")
    choose(fresh(person), "boss", "", by=a_user("seller").pk)
    settle()
    assert fresh(person).score == 0
    assert not Member.objects.filter(segment="heads").exists()
    release(fresh(person))
    settle()
    assert fresh(person).score == 30


def test_a_persona_follows_a_segment_of_what_people_do() -> None:
    """In and out again, also through a segment that asks for another."""
    did = {"did": "page.viewed", "topic": "/preise", "within": "30d"}
    lookers = {"key": "lookers", "when": did}
    near = {"key": "near", "when": {"field": "segment", "op": "is", "value": "lookers"}}
    buyer = {"key": "buyer", "when": {"field": "segment", "op": "is", "value": "near"}}
    in_force(personas={"persona": [buyer]}, segments={"segment": [lookers, near]})
    person = a_person()
    settle()
    assert fresh(person).persona == ""
    with writing():
        append(PageViewed(person=person.pk, topic="/preise"))
    settle()
    assert fresh(person).persona == "buyer"
    settle(at=now() + timedelta(days=31))
    assert fresh(person).persona == ""


def test_the_funnel_of_a_persona_comes_from_the_history_of_stages() -> None:
    ready()
    start = now() - timedelta(days=100)
    people = [a_person(job_title="Personalleiter", created_at=start) for _ in range(4)]
    settle()
    upsert_people([Draft(str(p.email), country="CH") for p in people])
    settle()
    for person, days in zip(people[:3], (10, 20, 60), strict=True):
        move_stage([Move(person.pk, "mql", at=start + timedelta(days=days))])
    move_stage([Move(people[0].pk, "customer", at=start + timedelta(days=30))])
    move_stage([Move(people[1].pk, "lead", at=start + timedelta(days=40), reason="no_need", back=True)])
    settle()
    found = figures()["head"]
    mql, sql, _opportunity, customer = found.steps
    assert (mql.reached, round(mql.days or 0), mql.share) == (3, 20, 0.75)
    assert (sql.reached, sql.of, round(sql.days or 0)) == (1, 3, 30)
    assert (customer.reached, found.rate_won) == (1, 0.25)
    page = signed_in().get("/personas/head").context
    for step in page["steps"]:
        assert signed_in().get(f"/people/count?{step['address']}").context["count"] == step["n"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"department": ["hrr"]}, "“hr”"),
        ({"level": ["hed"]}, "“head”"),
        ({"look": "bobb"}, "“bob”"),
        ({"size": [500, 50]}, "smaller number"),
        ({"least": 0}, "1 to 100"),
        ({"when": {"field": "score", "op": ">=", "value": 3}}, "cannot ask for “score”"),
        ({"when": {"field": "segment", "op": "is", "value": "heads"}}, "may follow from it: head → heads → persona"),
        ({"when": {"field": "segment", "op": "is", "value": "near"}}, "may follow from it: head → near → hot → score"),
        ({"when": {"did": "page.viewed"}}, "cannot ask for “did”"),
    ],
)
def test_what_a_persona_cannot_say_is_refused_in_words(wrong: dict[str, Any], words: str) -> None:
    hot = {"key": "hot", "when": {"field": "score", "op": ">=", "value": 50}}
    near = {"key": "near", "when": {"field": "segment", "op": "is", "value": "hot"}}
    said = read_plain({"personas": {"persona": [{**HEAD, **wrong}]}, "segments": {"segment": [SEGMENT, hot, near]}})
    with override("en"):
        assert words in " ".join(map(str, check(said)))


def test_the_pages_are_drawn_with_few_queries() -> None:
    person, client = a_person(job_title="Personalleiter", stage="customer"), signed_in()
    assert client.get("/personas").status_code == 200
    ready()
    with CaptureQueriesContext(connection) as queries:
        assert "Petra" in client.get("/personas").content.decode()
    assert len(queries) <= 14
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/personas/head").status_code == 200
    assert len(queries) <= 14
    assert client.get("/personas/none").status_code == 404
    assert client.get(f"/people/{person.pk}").status_code == 200
    client.post(f"/people/{person.pk}/persona", {"persona": "boss", "reason": "so"})
    assert fresh(person).persona == "boss"
    client.post(f"/people/{person.pk}/persona", {"do": "release"})
    assert fresh(person).persona == "head"


def walk() -> None:
    """One piece more."""
    with writing():
        everybody.go_on([])


def _applied() -> list[Any]:
    return [event_of(row) for row in Event.objects.filter(kind="playbook.applied").order_by("-id")[:1]]
