"""What the funnel counts from is what the stays say when one reckons by hand, whatever happened, and after it was made anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from statistics import median

import pytest

from reif.analyse.funnel import STEPS, funnel
from reif.crm.bulk_upsert import Origin, bulk_upsert
from reif.crm.erase import erase
from reif.crm.models import STAGES, Member, Person, Reached, StageSpell
from reif.crm.move_stage import Move, move_stage
from reif.crm.sourced import RUNGS
from reif.crm.tests.people import a_person
from reif.crm.told import told
from reif.crm.upsert import Draft, upsert_people
from reif.kit.clock import now
from reif.log.rebuild import rebuild
from reif.rules.within import EVERYBODY, Within

pytestmark = pytest.mark.django_db
CATEGORIES = ("PAID_SEARCH", "REFERRALS", "OFFLINE")
GUESTS = Within("guests")


def live(random: Random) -> None:
    """A few people, half of them from nobody knows where, and sixty things that happen to them, told in any order."""
    people = [a_person(source=random.choice(("", *CATEGORIES))) for _ in range(12)]
    Member.objects.bulk_create(Member(segment="guests", person=one, since=now()) for one in people[::2])
    for _ in range(60):
        person = random.choice(people)
        at = now() - timedelta(days=random.randrange(150), minutes=random.randrange(1440))
        match random.randrange(10):
            case 0:
                told_ = Draft(email=str(person.email), source=random.choice(CATEGORIES))
                if Person.objects.living().filter(pk=person.pk).exists():
                    upsert_people([told_])
            case 1:
                told_ = Draft(email=str(person.email), source=random.choice(CATEGORIES))
                if Person.objects.living().filter(pk=person.pk).exists():
                    bulk_upsert([told(told_, told_.email)], Origin(topic="list"))
            case 2 if random.random() < 0.3:
                erase([person.pk])
            case 3:
                some = random.sample(people, 4)
                move_stage([Move(one.pk, random.choice(STAGES), at=at) for one in some])
            case _:
                back = random.random() < 0.4
                move_stage([Move(person.pk, random.choice(STAGES), at=at, reason="so", back=back)])


def by_hand(span: tuple[datetime, datetime, datetime], within: Within) -> dict[tuple[str, str], tuple[int, int]]:
    """Reached and gone on by stage and source; and by stage the median of days."""
    since, until, seen = span
    found: dict[tuple[str, str], tuple[int, int]] = {}
    days: dict[str, list[float]] = {}
    for person in Person.objects.filter(within.people()):
        first: dict[int, datetime] = {}
        for stage, at in StageSpell.objects.filter(person=person).values_list("stage", "entered_at"):
            for rung in range(1, RUNGS.get(stage, 0) + 1):
                first[rung] = min(at, first.get(rung, at))
        for rung, at in first.items():
            if since <= at < until:
                onward, key = first.get(rung + 1), (STEPS[rung - 1], person.source)
                on = onward is not None and onward < seen
                before = found.get(key, (0, 0))
                found[key] = (before[0] + 1, before[1] + on)
                if onward is not None and on:
                    days.setdefault(key[0], []).append((onward - at).total_seconds() / 86_400)
    assert {s.stage: s.days for s in funnel(*span, within).steps if s.days is not None} == {
        stage: pytest.approx(median(some), abs=1e-4) for stage, some in days.items()
    }
    return found


def compare(span: tuple[datetime, datetime, datetime], within: Within) -> int:
    """How many people were counted at all stages."""
    counted = {
        (step.stage, source): (step.reached, step.went_on)
        for source, steps in funnel(*span, within).sources
        for step in steps
        if step.reached
    }
    assert counted == by_hand(span, within)
    return sum(reached for reached, _on in counted.values())


@pytest.mark.parametrize("seed", range(6))
def test_the_funnel_is_the_one_by_hand_whatever_happened(seed: int) -> None:
    live(Random(seed))
    today = now()
    whole = (today - timedelta(days=200), today, today)
    spans = [whole, (today - timedelta(days=90), today - timedelta(days=30), today - timedelta(days=20))]
    for span in spans:
        compare(span, EVERYBODY)
    assert compare(whole, EVERYBODY) > 20
    assert 0 < compare(whole, GUESTS) < compare(whole, EVERYBODY)
    before = picture()
    rebuild("stages")
    assert picture() == before
    assert all(one.source == one.person.source for one in Reached.objects.select_related("person"))


def picture() -> list[tuple[object, ...]]:
    return list(Reached.objects.order_by("person", "rung").values_list("person", "rung", "at", "onward", "source"))
