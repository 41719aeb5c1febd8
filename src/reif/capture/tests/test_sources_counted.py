"""What the tree of sources counts from is what a count by hand finds, whatever happened, and after it was made anew."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from reif.capture.sources.cohort import RUNGS as REACHED
from reif.capture.sources.tree import Asked, by_week, numbers
from reif.capture.sources.tree_pages import _weeks
from reif.crm.correct_touch import Truth, correct_touch
from reif.crm.erase import erase
from reif.crm.models import STAGES, TURNS, Origin, Person, Sourced, StageSpell, Touch
from reif.crm.move_stage import Move, move_stage
from reif.crm.sourced import lay_out_all
from reif.crm.tests.people import a_person, a_user
from reif.crm.tests.test_touches import a_visitor
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import VisitorIdentified
from reif.log.catalogue.web import PageViewed
from reif.log.rebuild import rebuild
from reif.log.worker import settle
from reif.staff.period import Period

pytestmark = pytest.mark.django_db
DETAILS = ("", "brand", "messe")
CATEGORIES = ("PAID_SEARCH", "REFERRALS", "OFFLINE")


def live(random: Random) -> None:
    """A few people, and fifty things that happen to them in any order."""
    people, visitors, chief = [a_person() for _ in range(6)], [a_visitor() for _ in range(4)], a_user("admin").pk
    for _ in range(50):
        person, visitor = random.choice(people), random.choice(visitors)
        at = now() - timedelta(days=random.randrange(150), minutes=random.randrange(1440))
        match random.randrange(9):
            case 0 | 1 | 2 | 3:
                came = {"detail_1": random.choice(DETAILS), "detail_2": random.choice(DETAILS)}
                who = {"person": person.pk} if random.random() < 0.7 else {"visitor": visitor.pk}
                with writing():
                    append(PageViewed(topic="/a", source=random.choice(CATEGORIES), came=came, at=at, **who))
            case 4 | 5:
                move_stage([Move(person.pk, random.choice(STAGES[:7]), at=at, reason="so", back=random.random() < 0.3)])
            case 6:
                with writing():
                    append(VisitorIdentified(visitor=visitor.pk, person=person.pk, at=at))
            case 7:
                settle()
                if touch := Touch.objects.filter(person=person, corrects=None).first():
                    correct_touch(touch, Truth(random.choice(CATEGORIES), random.choice(DETAILS)), "told", by=chief)
            case _:
                if random.random() < 0.15:
                    erase([person.pk])
    settle()


def by_hand(turn: str, key: tuple[str, ...], period: Period) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    living = set(Person.objects.living().values_list("id", flat=True))
    for origin in Origin.objects.select_related(*TURNS):
        touch = getattr(origin, turn)
        if touch is None or origin.person_id not in living or not period.since <= touch.at < period.until:
            continue
        path = (touch.source, touch.detail_1, touch.detail_2)
        if path[: len(key)] != key:
            continue
        been = set(StageSpell.objects.filter(person=origin.person_id).values_list("stage", flat=True))
        line = found.setdefault(path[len(key)], [0] * 5)
        reached = [True, *(bool(been & set(REACHED[rung])) for rung in ("lead", "mql", "sql", "customer"))]
        found[path[len(key)]] = [n + yes for n, yes in zip(line, reached, strict=True)]
    return {name: tuple(line) for name, line in found.items()}


def compare(period: Period) -> int:
    """How many people were counted, at all levels of all four touches."""
    people = 0
    for turn in TURNS:
        keys: list[tuple[str, ...]] = [()]
        for key in keys:
            counted = {name: tuple(line) for name, line in numbers(key, Asked(turn, period)).items()}
            assert counted == by_hand(turn, key, period), (turn, key)
            people += sum(line[0] for line in counted.values())
            keys += [(*key, name) for name in counted] if len(key) < 2 else []
        weekly: Counter[str] = Counter()
        for _week, source, n in by_week(Asked(turn, period), _weeks(period)):
            weekly[source] += n
        assert weekly == {name: line[0] for name, line in by_hand(turn, (), period).items()}
    return people


@pytest.mark.parametrize("seed", range(4))
def test_the_count_is_the_one_by_hand_whatever_happened(seed: int) -> None:
    live(Random(seed))
    today = now().date()
    periods = [Period(today - timedelta(days=89), today), Period(today - timedelta(days=200), today)]
    assert [compare(period) for period in periods][-1] > 10
    before = picture()
    for again in (lambda: rebuild("touches"), lambda: rebuild("stages"), lay_out_all):
        again()
        assert picture() == before
    assert compare(periods[0]) >= 0


def picture() -> list[tuple[object, ...]]:
    rows = Sourced.objects.order_by("person", "turn")
    return list(rows.values_list("person", "turn", "at", "source", "detail_1", "detail_2", "rung"))
