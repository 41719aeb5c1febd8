"""What the board of personas counts is what a count by hand finds, whatever happened, and after it was made anew."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.erase import erase
from reif.crm.models import STAGES, Person, StageSpell
from reif.crm.move_stage import Move, move_stage
from reif.crm.sourced import RUNGS
from reif.crm.tests.people import a_person, a_user
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonCreated
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.playbook.current import forget
from reif.qualify.models import Counted, Crowd
from reif.qualify.personas.assign import choose, release
from reif.qualify.personas.count import STEPS
from reif.qualify.personas.figures import figures, nobody
from reif.qualify.tests.ways import in_force

pytestmark = pytest.mark.django_db
HEAD: dict[str, Any] = {"key": "head", "department": ["hr"], "level": ["head"]}
BOSS: dict[str, Any] = {"key": "boss", "department": ["management"], "level": ["owner"]}
TITLES = ("Leiterin Personal", "CEO", "Astronaut", "Einkäufer", "")


def live(random: Random) -> None:
    """A few people, and forty things that happen to them in any order."""
    in_force(personas={"persona": [HEAD, BOSS]})
    user, since = a_user("marketing").pk, now() - timedelta(days=random.randrange(40, 90))
    people = [a_person(job_title=random.choice(TITLES), created_at=since) for _ in range(9)]
    with writing():
        append(*(PersonCreated(person=person.pk) for person in people))
    for _ in range(40):
        person = Person.objects.get(pk=random.choice(people).pk)
        at = since + timedelta(days=random.randrange(-3, 40), minutes=random.randrange(1440))
        match random.randrange(8):
            case 0 | 1 | 2 | 3:
                move_stage([Move(person.pk, random.choice(STAGES[:7]), at=at, reason="so", back=random.random() < 0.3)])
            case 4 if person.email:
                upsert_people([Draft(str(person.email), job_title=random.choice(TITLES[:4]))])
            case 5 if not person.erased_at:
                choose(person, random.choice(("head", "boss", "")), "", by=user)
            case 6:
                release(person)
            case _ if random.random() < 0.2:
                erase([person.pk])
            case _:
                settle()
    settle()


def by_hand() -> dict[str, list[Any]]:
    """People by persona, and for each step how many reached it and after how many days as a page tells them."""
    found: dict[str, list[Any]] = {}
    for key in set(Person.objects.living().values_list("persona", flat=True)):
        members = list(Person.objects.living().filter(persona=key))
        steps = []
        for rung in STEPS:
            above = [stage for stage in STAGES if RUNGS.get(stage, 0) >= rung]
            firsts = [
                (spell.entered_at - person.created_at).total_seconds() / 86_400
                for person in members
                if (spell := StageSpell.objects.filter(person=person, stage__in=above).order_by("entered_at").first())
            ]
            told = [round(days, 1) if days < 10 else round(days) for days in (max(0.0, days) for days in firsts)]
            steps.append((len(told), round(median(told), 2) if told else None))
        found[key] = [len(members), *steps]
    return found


def counted() -> dict[str, list[Any]]:
    return {
        key: [f.people, *((s.reached, None if s.days is None else round(s.days, 2)) for s in f.steps)]
        for key, f in figures().items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_board_counts_what_a_count_by_hand_finds(seed: int) -> None:
    live(Random(seed))
    assert counted() == by_hand()
    without = Person.objects.living().filter(persona="")
    assert nobody() == {
        "no_title": without.filter(job_title="").count(),
        "strange": without.exclude(job_title="").filter(department="", level="").count(),
        "other": without.exclude(job_title="").exclude(department="", level="").count(),
    }
    before = counted(), nobody(), Counted.objects.count()
    Crowd.objects.update(people=7)
    rebuild("personas")
    assert (counted(), nobody(), Counted.objects.count()) == before


def test_a_hand_an_erasure_and_a_stage_are_counted_at_once_and_once() -> None:
    in_force(personas={"persona": [HEAD, BOSS]})
    person = a_person(job_title="Leiterin Personal", created_at=now() - timedelta(days=20))
    settle()
    move_stage([Move(person.pk, "sql")])
    settle()
    assert {key: f.people for key, f in figures().items()} == {"head": 1}
    assert [(s.reached, s.days) for s in figures()["head"].steps] == [(1, 20), (1, 20), (0, None), (0, None)]
    choose(Person.objects.get(pk=person.pk), "boss", "", by=a_user("seller").pk)
    settle()
    assert {key: f.steps[1].reached for key, f in figures().items()} == {"boss": 1}
    erase([person.pk])
    settle()
    assert figures() == {}


def test_the_board_asks_as_few_questions_of_many_people_and_none_of_the_records() -> None:
    in_force(personas={"persona": [HEAD, BOSS]})
    for n in range(30):
        person = a_person(job_title=TITLES[n % 5])
        move_stage([Move(person.pk, STAGES[n % 7])])
    settle()
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/personas").status_code == 200
    assert len(queries) <= 12
    assert not [q["sql"] for q in queries if "crm_stagespell" in q["sql"]]
