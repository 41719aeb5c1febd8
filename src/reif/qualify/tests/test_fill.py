"""All that a list of people finds, put into a fixed segment and taken out of it: at once, or in the background with a stop."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Member
from reif.crm.tests.people import a_person, a_user
from reif.log.append import writing
from reif.log.models import Event
from reif.log.worker import settle
from reif.playbook.current import forget
from reif.qualify.models import Filling, Tally
from reif.qualify.segments import fill as filling
from reif.qualify.segments.fill import fill, go_on, stop_filling
from reif.qualify.segments.fixed import put_in
from reif.qualify.tests.test_segment_pages import SWISS, signed_in
from reif.qualify.tests.ways import in_force
from reif.rules.decode import BadPredicate

pytestmark = pytest.mark.django_db
GUESTS = {"key": "guests", "words": {"de": "Gäste", "en": "Guests"}}
FROM_CH = "g0.r0.field=country&g0.r0.op=is&g0.r0.value=CH"


def inside(key: str = "guests") -> set[int]:
    return set(Member.objects.filter(segment=key).values_list("person_id", flat=True))


def one_piece() -> None:
    with writing():
        go_on([])


@pytest.fixture(autouse=True)
def _segments() -> None:
    in_force(segments={"segment": [GUESTS, SWISS]})


@pytest.fixture
def pieces_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that five people are many."""
    monkeypatch.setattr(filling, "AT_ONCE", 1)
    monkeypatch.setattr(filling, "PIECE", 2)


def test_all_that_a_search_a_stage_and_a_condition_find_are_put_in_at_once() -> None:
    meant = a_person(country="CH", stage="mql", last_name="Ammann", last_name_fold="ammann")
    a_person(country="CH", stage="lead", last_name="Ammann", last_name_fold="ammann")
    a_person(country="DE", stage="mql", last_name="Ammann", last_name_fold="ammann")
    a_person(country="CH", stage="mql", last_name="Brunner", last_name_fold="brunner")
    sent = {"segment": "guests", "whole": "1", "found": f"q=amm&stage=mql&{FROM_CH}", "person": "1"}
    client = signed_in()
    page = client.post("/segments/members", sent, follow=True).content.decode()
    assert inside() == {meant.pk}
    assert "1 person put into the segment." in page
    assert Event.objects.filter(kind="segment.entered", topic="guests", person_id=meant.pk).count() == 1
    assert "1 was in it already." in client.post("/segments/members", sent, follow=True).content.decode()
    assert (
        "1 person taken out." in client.post("/segments/members", sent | {"do": "remove"}, follow=True).content.decode()
    )
    assert inside() == set()


def test_many_go_in_piece_by_piece_and_the_count_adds_up(pieces_of_two: None) -> None:
    people = [a_person(country="CH") for _n in range(5)]
    put_in("guests", [people[0].pk])
    one = fill("guests", FROM_CH, a_user("marketing"))
    assert (one.people, one.is_over, inside()) == (5, False, {people[0].pk})
    one_piece()
    one.refresh_from_db()
    assert (one.gone, one.moved, one.percent, len(inside())) == (2, 1, 40, 2)
    page = signed_in("analyst").get("/segments/guests").content.decode()
    assert "Putting people in" in page
    assert "40 %" in page
    later = a_person(country="CH")
    settle()
    one.refresh_from_db()
    assert (one.is_over, one.gone, one.moved) == (True, 5, 4)
    assert inside() == {p.pk for p in people}
    assert later.pk not in inside()
    assert sum(t.entered - t.left for t in Tally.objects.filter(segment="guests")) == 5


def test_it_can_be_stopped_and_whoever_was_moved_stays(pieces_of_two: None) -> None:
    people = [a_person(country="CH") for _n in range(5)]
    put_in("guests", [p.pk for p in people])
    one = fill("guests", FROM_CH, a_user("marketing"), put=False)
    one_piece()
    assert signed_in("analyst").post("/segments/guests/filling").status_code == 403
    assert signed_in("seller").post("/segments/guests/filling").status_code == 302
    settle()
    one.refresh_from_db()
    assert (one.state, len(inside())) == ("stopped", 3)
    assert not stop_filling("guests")


def test_who_may_not_any_more_or_a_segment_that_is_gone_ends_it(pieces_of_two: None) -> None:
    for _n in range(5):
        a_person(country="CH")
    by = a_user("marketing")
    first, second = fill("guests", FROM_CH, by), fill("guests", FROM_CH, a_user("admin"))
    by.is_active = False
    by.save()
    one_piece()
    in_force(segments={"segment": [SWISS]})
    settle()
    assert {one.state for one in Filling.objects.filter(pk__in=[first.pk, second.pk])} == {"stopped"}
    assert inside() == set()


def test_a_seller_moves_only_whom_they_see() -> None:
    seller = a_user("seller")
    mine, _other = a_person(country="CH", owner=seller), a_person(country="CH")
    assert fill("guests", FROM_CH, seller).moved == 1
    assert inside() == {mine.pk}


def test_a_list_that_cannot_be_read_and_a_segment_by_rule_change_nothing() -> None:
    a_person(country="CH")
    settle()
    before = inside("swiss")
    client = signed_in()
    with pytest.raises(BadPredicate):
        fill("guests", "g0.r0.field=cuontry&g0.r0.op=is&g0.r0.value=CH", a_user("marketing"))
    sent = {"segment": "guests", "whole": "1", "found": "g0.r0.field=score&g0.r0.op=%3E&g0.r0.value=x"}
    assert client.post("/segments/members", sent, follow=True).status_code == 200
    client.post("/segments/members", {"segment": "swiss", "whole": "1", "found": "", "do": "remove"})
    assert signed_in("analyst").post("/segments/members", sent).status_code == 403
    assert (inside(), inside("swiss")) == (set(), before)
    assert not Filling.objects.exists()


def test_the_number_of_questions_does_not_grow_with_the_people() -> None:
    asked, by = [], a_user("marketing")
    for n in (3, 3, 60):
        for _n in range(n):
            a_person(country="CH")
        forget()
        with CaptureQueriesContext(connection) as queries:
            fill("guests", FROM_CH, by)
        asked.append(len(queries))
    assert asked[1] == asked[2], "the first makes the row of the day"
    assert len(inside()) == 66


def test_the_list_offers_all_only_where_there_are_more_than_a_page() -> None:
    client = signed_in()
    for _n in range(50):
        a_person(country="CH")
    assert "data-whole" not in client.get("/people").content.decode()
    a_person(country="CH")
    page = client.get(f"/people?{FROM_CH}&stage=").content.decode()
    assert 'name="found" value="g0.r0.field=country&amp;g0.r0.op=is&amp;g0.r0.value=CH' in page
