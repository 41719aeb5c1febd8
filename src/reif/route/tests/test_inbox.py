"""The inbox by role, its answers, and the live line."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from reif.crm.models import Person
from reif.crm.tests.people import a_company, a_person, a_team, a_user
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.qualification import PersonScored
from reif.log.catalogue.routing import PersonAssigned
from reif.log.catalogue.web import PageViewed, WebinarRegistered
from reif.log.models import Event
from reif.route.brief import brief
from reif.route.models import Assignment, Waiting
from reif.route.stream import _lines, _Reader

pytestmark = pytest.mark.django_db
HX = {"headers": {"HX-Request": "true"}}


def an_offer(owner, name: str = "Petra", **fields: object) -> Assignment:
    person = a_person(
        first_name=name,
        last_name="Muster",
        owner=owner,
        stage="sql",
        stage_at=now(),
        company=a_company(),
        score=80,
        fit=20,
    )
    return Assignment.objects.create(
        **{
            "person": person, "owner": owner, "team": owner.team, "rule": "ch", "offered_at": now(),
            "due_at": now() + timedelta(hours=1), "reason": {"de": "Darum.", "en": "Because."},
            "candidates": [{"user": owner.pk, "why": "chosen", "open": 1, "capacity": 40}],
        } | fields
    )  # fmt: skip


def test_sellers_see_their_own_and_their_teams(client):
    south, north = a_team(), a_team()
    vera, luca, anna = a_user(team=south), a_user(team=south), a_user(team=north)
    own, teams, foreign = an_offer(vera, "Petra"), an_offer(luca, "Marco"), an_offer(anna, "Sabine")
    client.force_login(vera)
    mine = client.get("/inbox").content.decode()
    assert "Petra Muster" in mine
    assert "Marco Muster" not in mine
    assert "Marco Muster" in client.get("/inbox?scope=team").content.decode()
    assert "Sabine" not in client.get("/inbox?scope=all").content.decode()
    assert client.get(f"/assignments/{teams.pk}", **HX).status_code == 200
    for url in (
        f"/assignments/{foreign.pk}",
        f"/assignments/{foreign.pk}/acceptance",
        f"/assignments/{foreign.pk}/rejection",
    ):
        answer = client.get(url, **HX) if url.endswith(str(foreign.pk)) else client.post(url, **HX)
        assert answer.status_code == 404
    assert own.state == "offered"


@pytest.mark.parametrize(
    ("role", "reads", "answers"), [("manager", 200, 200), ("marketing", 200, 403), ("analyst", 200, 403)]
)
def test_others_read_and_managers_answer(client, role, reads, answers):
    offer = an_offer(a_user())
    client.force_login(a_user(role))
    assert client.get("/inbox").status_code == reads
    assert client.post(f"/assignments/{offer.pk}/acceptance", **HX).status_code == answers


def test_broken_promises_stand_first_and_the_query_budget_holds(client, django_assert_max_num_queries):
    vera = a_user(team=a_team())
    for n in range(20):
        an_offer(vera, f"Person{n}")
    an_offer(vera, "Spaet", due_at=now() - timedelta(minutes=5))
    client.force_login(vera)
    with django_assert_max_num_queries(16):
        page = client.get("/inbox").content.decode()
    assert page.index("Spaet Muster") < page.index("Person0 Muster")


def test_accepting_answers_with_the_panel_and_tells_the_list(client):
    vera = a_user(team=a_team())
    offer = an_offer(vera)
    client.force_login(vera)
    answer = client.post(f"/assignments/{offer.pk}/acceptance", **HX)
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == "#aside"
    assert set(json.loads(answer["HX-Trigger"])) == {"inbox", "toast"}
    late = client.post(f"/assignments/{offer.pk}/acceptance", **HX)
    assert late.status_code == 409
    assert vera.name in late.content.decode()
    plain = client.post(f"/assignments/{offer.pk}/acceptance")
    assert plain.status_code == 302


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Bitte wählen Sie einen Grund"),
        ({"reason": "no_fit"}, "was nicht passt"),
        ({"reason": "bad_timing"}, "den Tag"),
        ({"reason": "bad_timing", "until": "2020-01-01"}, "in der Zukunft"),
        ({"reason": "whatever"}, "whatever"),
    ],
)
def test_a_rejection_needs_what_belongs_to_its_reason(client, given, words):
    offer = an_offer(a_user())
    client.force_login(a_user("manager"))
    answer = client.post(f"/assignments/{offer.pk}/rejection", given, **HX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.post(f"/assignments/{offer.pk}/rejection", given).status_code == 422
    assert Assignment.objects.get().state == "offered"


def test_a_rejection_with_reason_takes_the_person_away(client):
    vera = a_user(team=a_team())
    offer = an_offer(vera)
    client.force_login(vera)
    answer = client.post(f"/assignments/{offer.pk}/rejection", {"reason": "no_need", "note": "später"}, **HX)
    assert answer.status_code == 200
    assert "Kein Bedarf" in answer.content.decode()
    person = Person.objects.get(id=offer.person_id)
    assert (person.owner_id, person.stage) == (None, "mql")


def test_the_manager_sees_who_waits_and_gives_by_hand(client):
    vera = a_user(team=a_team())
    person = a_person(first_name="Nina", stage="sql")
    Waiting.objects.create(person=person, reason="full", since=now())
    client.force_login(a_user("manager"))
    assert "alle sind ausgelastet" in client.get("/inbox").content.decode()
    assert client.post(f"/people/{person.id}/assignment", {"owner": "0"}).status_code == 400
    assert client.post(f"/people/{person.id}/assignment", {"owner": vera.pk}, **HX).status_code == 200
    assert Person.objects.get(id=person.id).owner_id == vera.pk
    assert not Waiting.objects.exists()
    client.force_login(vera)
    assert client.post(f"/people/{person.id}/assignment", {"owner": vera.pk}).status_code == 403


def test_the_brief_says_why_now_and_where_the_points_come_from():
    vera = a_user()
    offer = an_offer(vera)
    with writing():
        append(
            WebinarRegistered(person=offer.person_id, topic="recruiting-trends"),
            PageViewed(person=offer.person_id, topic="/preise", title="Preise | Talentwerk"),
            PageViewed(person=offer.person_id, topic="/preise", title="Preise | Talentwerk", machine=True),
        )
    webinar, price, _machine = Event.objects.order_by("id")
    with writing():
        append(
            PersonScored(person=offer.person_id, topic="main", delta=15, cause=webinar.id),
            PersonScored(person=offer.person_id, topic="main", delta=25, cause=price.id),
        )
    said = brief(Assignment.objects.select_related("person__company", "owner").get())
    assert "Preise" in said.why
    assert [(p.points, p.times) for p in said.points] == [(25, 1), (20, 1), (15, 1)]
    assert not said.may_mail
    assert said.kind == "demo"
    assert [r.times for r in said.read] == [1, 1]


def test_news_goes_to_those_whom_it_concerns():
    from reif.route.live import News

    news = News(1, "person.assigned", 5, owner=7, team=3, person=9, name="Petra", company="Alpenhof AG")
    assert news.concerns(7, None, False)
    assert news.concerns(8, 3, False)
    assert not news.concerns(8, 4, False)
    assert not news.concerns(8, None, False)
    assert news.concerns(8, None, True)


def test_the_line_needs_a_sign_in(client):
    assert client.get(reverse("route:stream")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_an_open_page_hears_of_a_new_hand_over_within_a_second():
    vera = a_user(team=a_team())
    offer = an_offer(vera)
    heard = asyncio.run(_listen(vera, offer))
    assert heard["assignment"] == offer.pk
    assert "Petra Muster" in heard["toast"]["text"]


async def _listen(user, offer) -> dict:
    from asgiref.sync import sync_to_async

    lines = _lines(_Reader(user.pk, user.team_id, False, "de"))
    assert b"event: open" in await anext(lines)
    watching = next(t for t in threading.enumerate() if t.name == "inbox")
    await asyncio.sleep(0.3)

    def assigned() -> None:
        with writing():
            append(PersonAssigned(person=offer.person_id, assignment=offer.pk, owner=user.pk))
        connection.close()

    await sync_to_async(assigned)()
    line = await asyncio.wait_for(anext(lines), 1)
    await lines.aclose()
    await asyncio.to_thread(watching.join, 5)  # it ends with its last reader
    return json.loads(line.decode().split("data: ")[1])
