"""The tree of sources, and that each of its numbers is exactly the list behind it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.capture.sources.tree import MOST, Asked, numbers, total, tree
from reif.capture.tests.test_correction import client_of
from reif.crm.correct_touch import Truth, correct_touch
from reif.crm.models import Origin, Person, StageSpell, Touch
from reif.crm.move_stage import Move, move_stage
from reif.crm.sourced import lay_out_all
from reif.crm.tests.people import a_person, a_user
from reif.crm.tests.test_touches import view
from reif.kit import spending
from reif.kit.clock import now
from reif.kit.spending import Spent
from reif.log.worker import settle
from reif.staff.period import Period

pytestmark = pytest.mark.django_db


def a_period(days: int = 90) -> Period:
    today = now().date()
    return Period(today - timedelta(days=days - 1), today, days)


def came(
    source: str, one: str = "", two: str = "", days: float = 20, stage: str = "lead", campaign: str = ""
) -> Person:
    person, at = a_person(), now() - timedelta(days=days)
    view((source, {"detail_1": one, "detail_2": two, "campaign": campaign}), at, person=person.pk)
    move_stage([Move(person.pk, "lead", at=at + timedelta(hours=1))])
    if stage != "lead":
        move_stage([Move(person.pk, stage, at=at + timedelta(hours=2))])
    return person


def a_crowd() -> None:
    for stage in ("lead", "mql", "customer"):
        came("PAID_SEARCH", "brand", "talentwerk", stage=stage)
    came("PAID_SEARCH", "brand", "hr software")
    came("PAID_SEARCH", "messe", "x", stage="sql")
    came("PAID_SOCIAL", "LinkedIn", "herbst", campaign="herbst")
    came("REFERRALS", "kmu.example", "kmu.example/a", days=120)
    came("DIRECT_TRAFFIC", "/preise", days=400)
    settle()


def test_the_tree_counts_each_level() -> None:
    a_crowd()
    nodes = tree(Asked("lead", a_period()), {"PAID_SEARCH", "PAID_SEARCH~brand"})
    assert [(n.source, tuple(n.numbers)) for n in nodes] == [
        ("PAID_SEARCH", (5, 5, 3, 2, 1)),
        ("PAID_SOCIAL", (1, 1, 0, 0, 0)),
    ]
    brand, fair = nodes[0].children
    assert (brand.name, tuple(brand.numbers), fair.name) == ("brand", (4, 4, 2, 1, 1), "messe")
    assert {leaf.name: leaf.numbers.people for leaf in brand.children} == {"talentwerk": 3, "hr software": 1}
    assert not fair.children
    assert total(nodes).numbers.people == 6
    assert tree(Asked("lead", a_period()), set(), only="PAID_SOCIAL")[0].numbers.people == 1


def test_it_compares_with_the_period_before() -> None:
    a_crowd()
    came("REFERRALS", "kmu.example")
    settle()
    (node,) = [n for n in tree(Asked("lead", a_period()), set()) if n.source == "REFERRALS"]
    assert (node.numbers.people, node.before, node.change) == (1, 1, 0)


def test_costs_stand_where_they_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    a_crowd()
    told = [
        Spent("PAID_SOCIAL", "LinkedIn", frozenset({"herbst"}), 5_000), Spent("PAID_SOCIAL", "Facebook", frozenset({"q3"}), 700),
        Spent("PAID_SEARCH", "", frozenset({"brand"}), 1_000), Spent("OFFLINE", "", frozenset({"messe"}), 90_000),
    ]  # fmt: skip
    monkeypatch.setattr(spending, "_asks", [lambda first, last: told])
    nodes = {
        n.source: n for n in tree(Asked("lead", a_period()), {"PAID_SOCIAL", "PAID_SOCIAL~LinkedIn", "PAID_SEARCH"})
    }
    assert (nodes["PAID_SOCIAL"].cost, nodes["PAID_SOCIAL"].children[0].cost) == (5_700, 5_000)
    assert nodes["PAID_SOCIAL"].children[0].children[0].cost == 5_000
    assert {n.name: n.cost for n in nodes["PAID_SEARCH"].children} == {"brand": 1_000, "messe": None}
    assert (nodes["OFFLINE"].numbers.people, nodes["OFFLINE"].cost) == (0, 90_000)
    assert nodes["PAID_SEARCH"].per_lead == 200


def test_each_number_is_the_list_behind_it() -> None:
    a_crowd()
    client = client_of("analyst")
    page = client.get("/sources?touch=first&open=PAID_SEARCH&open=PAID_SEARCH~brand").content.decode()
    links = re.findall(r'href="(/sources/people[^"]+)">([\d’,]+)</a>', page)
    assert len(links) > 15
    for address, number in links:
        listed = client.get(unescape(address)).content.decode()
        assert listed.count("<tr data-row>") == int(number), address


def test_a_corrected_touch_counts_as_its_correction() -> None:
    person = came("DIRECT_TRAFFIC", "/preise")
    settle()
    correct_touch(Touch.objects.get(), Truth("OFFLINE", "messe"), "told", by=a_user("admin").pk)
    settle()
    assert [n.source for n in tree(Asked("lead", a_period()), set())] == ["OFFLINE"]
    page = client_of("marketing").get("/sources/people?touch=lead&source=OFFLINE").content.decode()
    assert "corrected" in page
    assert person.name in page


def test_a_branch_is_a_piece_of_its_own() -> None:
    a_crowd()
    client = client_of("marketing", "de")
    piece = client.get("/sources?piece=PAID_SEARCH&open=PAID_SEARCH").content.decode()
    assert piece.startswith('<tbody id="branch-PAID_SEARCH">')
    assert 'aria-expanded="true"' in piece
    assert "Kampagne › Keyword" in piece
    assert "Bezahlte Suche" in client.get("/sources").content.decode()


def test_many_details_end_in_one_line() -> None:
    for n in range(MOST + 5):
        came("REFERRALS", f"seite{n}.example")
    settle()
    (node,) = tree(Asked("first", a_period()), {"REFERRALS"})
    assert len(node.children) == MOST + 1
    assert (node.children[-1].rest, node.children[-1].numbers.people) == (True, 5)
    assert "all others" in client_of("marketing").get("/sources?touch=first&open=REFERRALS").content.decode()


def test_the_lists_are_files_that_no_spreadsheet_calculates() -> None:
    person = came("REFERRALS", "=cmd|x.example")
    Person.objects.filter(pk=person.pk).update(first_name="=1+1", last_name="@SUM")
    settle()
    client = client_of("marketing")
    people = b"".join(client.get("/sources/people?touch=first&as=csv").streaming_content).decode("utf-8-sig")
    assert ";'=1+1;'@SUM;" in people
    assert "'=cmd|x.example" in people
    sources = b"".join(client.get("/sources?touch=first&open=REFERRALS&as=csv").streaming_content).decode("utf-8-sig")
    assert "REFERRALS;'=cmd|x.example;;1;" in sources


@pytest.mark.parametrize(
    "query", ["touch=x&days=x&open=%00&piece=x", "from=2026-02-31&to=x", "source=MOON&detail_1=x", "after=zz"]
)
def test_strange_addresses_are_answered(query: str) -> None:
    a_crowd()
    client = client_of("marketing")
    assert client.get(f"/sources?{query}").status_code == 200
    assert client.get(f"/sources/people?{query}").status_code == 200


def test_nobody_is_a_sentence_and_sellers_see_none_of_it() -> None:
    assert "Nobody came in this period" in client_of("marketing").get("/sources").content.decode()
    assert client_of("seller").get("/sources").status_code == 403
    assert client_of("seller").get("/sources/people").status_code == 403


def test_the_page_asks_a_fixed_number_of_questions() -> None:
    a_crowd()
    client = client_of("marketing")
    client.get("/sources")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as questions:
            assert client.get(path).status_code == 200
        return len(questions)

    before = asked("/sources?open=PAID_SEARCH")
    for n in range(30):
        came("PAID_SEARCH", f"k{n}", stage="mql")
    settle()
    assert asked("/sources?open=PAID_SEARCH") == before <= 14
    assert asked("/sources/people?touch=lead") <= 8


def populate(people: int) -> None:
    """Rows as the verbs would leave them, written at once."""
    at = now() - timedelta(days=30)
    made = Person.objects.bulk_create(
        [Person(email=f"p{n}@x.example", created_at=at, stage="lead") for n in range(people)], batch_size=2_000
    )
    sources = ("ORGANIC_SEARCH", "PAID_SEARCH", "REFERRALS", "PAID_SOCIAL", "DIRECT_TRAFFIC")
    touches = Touch.objects.bulk_create(
        [
            Touch(person=p, kind="visit", source=sources[n % 5], detail_1=f"d{n % 400}", detail_2=f"e{n}", at=at)
            for n, p in enumerate(made)
        ],
        batch_size=2_000,
    )
    rows: list[Any] = [
        Origin(person=p, first=t, last=t, lead=t, lead_at=at) for p, t in zip(made, touches, strict=True)
    ]
    Origin.objects.bulk_create(rows, batch_size=2_000)
    StageSpell.objects.bulk_create(
        [StageSpell(person=p, stage="mql" if n % 5 == 0 else "lead", entered_at=at) for n, p in enumerate(made)],
        batch_size=2_000,
    )
    lay_out_all()


def test_eight_thousand_people_are_counted_with_one_question() -> None:
    """The bench counts a hundred thousand; here a few, and no more than one question a level."""
    populate(8_000)
    with CaptureQueriesContext(connection) as asked:
        found = numbers((), Asked("lead", _span()))
    assert (sum(n.people for n in found.values()), len(asked)) == (8_000, 1)
    assert sum(n.mql for n in found.values()) == 1_600
    assert len(numbers(("REFERRALS",), Asked("lead", _span()))) == MOST + 1


def _span() -> Period:
    return Period(now().date() - timedelta(days=364), now().date(), 365)
