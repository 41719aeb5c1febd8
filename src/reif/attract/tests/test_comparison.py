"""Variants: who sees which, who is counted, what may be said, and how a test ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.attract.models import ArmDay, DaySalt, LandingPage, PageTest, SeenToday
from reif.attract.pages import block_edits as edits
from reif.attract.pages import tally
from reif.attract.pages.address import move
from reif.attract.pages.compare import add_arm, end, start
from reif.attract.pages.draft import Change, change, head_of
from reif.attract.pages.publication import publish_page
from reif.attract.pages.refused import Refused
from reif.attract.pages.rule import Rule
from reif.attract.pages.sheet import sheet
from reif.attract.pages.split import choose, forget_salts, salt_of, today
from reif.attract.pages.verdict import judge, numbers
from reif.attract.tests.pages import a_page, a_test, counted
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.web import FormSubmitted
from reif.log.models import Event
from reif.log.worker import settle

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _clean():
    forget_salts()
    tally._waiting.clear()
    yield
    tally._waiting.clear()


def two_arms(title: str = "Kürzer") -> PageTest:
    page = a_page()
    arm = add_arm(page, "Kurz", by=None)
    block = sheet(arm.draft.sheet).block("b1") | {"title": title}
    change(page, "b", arm.draft_id, Change("edit", edits.put(block), block="b1"), by=None)
    return start(page, Rule(), 1, by=None)


def look(client, test: PageTest, agent: str = AGENT, visitor: str = "", **extra: str) -> str:
    client.cookies.clear()
    if visitor:
        client.cookies["reif_c"], client.cookies["reif_v"] = "personal", visitor
    answer = client.get(test.page.path, headers={"user-agent": agent} | extra)
    assert answer.cookies == {} or "reif" not in str(answer.cookies)
    return "b" if "Kürzer" in answer.content.decode() else "a"


def test_the_shares_follow_the_weights_and_a_key_stays_where_it_is():
    arms = [{"key": "a", "weight": 1}, {"key": "b", "weight": 3}]
    seen = [choose(arms, 7, f"k{n}")["key"] for n in range(8000)]
    assert seen == [choose(arms, 7, f"k{n}")["key"] for n in range(8000)]
    assert 0.73 < seen.count("b") / 8000 < 0.77
    assert seen != [choose(arms, 8, f"k{n}")["key"] for n in range(8000)]


def test_a_visitor_with_consent_keeps_the_variant_on_every_device_day(client):
    test = two_arms()
    visitors = [f"visitor-{n}" for n in range(30)]
    first = [look(client, test, visitor=v) for v in visitors]
    assert {"a", "b"} == set(first)
    with travel(timedelta(days=3)):
        assert first == [look(client, test, visitor=v, agent=AGENT + " x") for v in visitors]


def test_without_consent_nothing_is_stored_on_the_device_and_the_day_decides(client):
    test = two_arms()
    agents = [f"{AGENT} {n}" for n in range(30)]
    first = [look(client, test, agent=a) for a in agents]
    assert first == [look(client, test, agent=a) for a in agents]
    assert {"a", "b"} == set(first)
    with travel(timedelta(days=1)):
        assert first != [look(client, test, agent=a) for a in agents]


def test_the_salt_of_the_day_before_yesterday_is_gone_and_stands_beside_no_result(client):
    test = two_arms()
    look(client, test)
    tally.flush()
    old = salt_of(today())
    with travel(timedelta(days=2)):
        look(client, test)
        tally.flush()
        assert not DaySalt.objects.filter(salt=old).exists()
        assert SeenToday.objects.count() == 1
    assert {f.name for f in ArmDay._meta.get_fields()} == {"id", "test", "arm", "day", "visitors", "conversions"}


def test_each_visitor_counts_once_a_day_and_machines_and_staff_never(client):
    test = two_arms()
    for _ in range(3):
        look(client, test)
    look(client, test, agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    look(client, test, agent="curl/8")
    look(client, test, agent=AGENT + " early", **{"sec-purpose": "prefetch"})
    client.force_login(a_user("marketing"))
    client.get(test.page.path, headers={"user-agent": AGENT + " staff"})
    tally.flush()
    tally.flush()
    assert sum(seen for seen, _done in numbers(test).values()) == 1


def test_machines_always_get_the_page_itself(client):
    test = two_arms()
    assert {look(client, test, agent=f"Googlebot/{n}") for n in range(20)} == {"a"}


def test_a_form_counts_once_for_a_person_and_its_variant(client):
    test = two_arms()
    slug, one, other = test.page.slug, a_person(), a_person()
    with writing():
        append(
            FormSubmitted(person=one.pk, variant=f"{slug}/b"), FormSubmitted(person=one.pk, variant=f"{slug}/a"),
            FormSubmitted(person=other.pk, variant=f"{slug}/b"), FormSubmitted(person=other.pk),
            FormSubmitted(person=other.pk, variant="andere/b"), FormSubmitted(person=other.pk, variant=f"{slug}/z"),
        )  # fmt: skip
    settle()
    with writing():
        append(FormSubmitted(person=one.pk, variant=f"{slug}/b"))
    settle()
    assert numbers(test) == {"b": (0, 2)}


def test_nothing_is_claimed_before_its_time():
    test = a_test(days=20, people=200)
    counted(test, a=(100, 1), b=(100, 30))
    assert judge(test).state == "early"
    assert "100" in judge(test).sentence
    young = a_test(days=2)
    counted(young, a=(5000, 100), b=(5000, 300))
    assert judge(young).state == "early"


def test_a_clear_difference_wins_and_a_small_one_stays_open():
    clear = a_test(days=20)
    counted(clear, a=(2000, 100), b=(2000, 160))
    said = judge(clear)
    assert (said.state, said.leader, said.warning) == ("won", "b", "")
    assert said.sure > 0.99
    narrow = a_test(days=20)
    counted(narrow, a=(600, 30), b=(600, 36))
    assert judge(narrow).state == "open"
    same = a_test(days=20)
    counted(same, a=(90_000, 4500), b=(90_000, 4510))
    assert judge(same).state == "same"


def test_an_uneven_split_is_warned_of_and_never_wins():
    test = a_test(days=20, auto=True)
    counted(test, a=(3000, 100), b=(2000, 160))
    said = judge(test)
    assert said.warning
    assert said.state != "won"


def test_a_test_that_may_decide_ends_by_itself_and_the_winner_is_the_page(client):
    test = two_arms()
    PageTest.objects.filter(pk=test.pk).update(rule={"auto": True})
    counted(test, a=(2000, 100), b=(2000, 160))
    settle(at=now() + timedelta(hours=2))
    test.refresh_from_db()
    assert test.ended_at is None, "seven days have not passed"
    settle(at=now() + timedelta(days=8))
    test.refresh_from_db()
    assert (test.winner, test.how) == ("b", "rule")
    page = LandingPage.objects.get(pk=test.page_id)
    assert page.running is None
    assert page.live.kind == "won"
    assert "Kürzer" in client.get(page.path).content.decode()
    fact = Event.objects.get(kind="page.won")
    assert (fact.topic, fact.body["variant"], fact.body["how"]) == (page.path, "b", "rule")


def test_a_test_without_that_right_goes_on():
    test = a_test(days=20)
    counted(test, a=(2000, 100), b=(2000, 160))
    settle(at=now() + timedelta(hours=2))
    test.refresh_from_db()
    assert test.ended_at is None


def test_stopping_leaves_the_page_as_it_was(client):
    test = two_arms()
    end(test, "", "hand", by=None)
    test.refresh_from_db()
    assert (test.winner, test.how) == ("", "stop")
    assert "Viel Zeit" in client.get(test.page.path).content.decode()
    assert not Event.objects.filter(kind="page.won").exists()


def test_what_is_compared_does_not_change_on_the_way():
    test = two_arms()
    page = LandingPage.objects.get(pk=test.page_id)
    head = head_of(page)
    kept = change(page, "a", head.pk, Change("edit", edits.about(title="Anders")), by=None)
    with pytest.raises(Refused):
        publish_page(page, kept.head, by=None)
    with pytest.raises(Refused):
        add_arm(page, "Noch eine", by=None)
    with pytest.raises(Refused):
        start(page, Rule(), 1, by=None)


def test_a_test_needs_a_published_page_and_a_variant():
    with pytest.raises(Refused):
        start(a_page(), Rule(), 1, by=None)
    page = a_page(published=False)
    add_arm(page, "", by=None)
    with pytest.raises(Refused):
        start(page, Rule(), 1, by=None)


def test_moving_is_possible_again_after_the_test():
    test = two_arms()
    end(test, "b", "hand", by=None)
    move(LandingPage.objects.get(pk=test.page_id), "neue-adresse", "")
    assert LandingPage.objects.filter(slug="neue-adresse").exists()
