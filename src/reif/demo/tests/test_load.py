"""A small history: everything in it came through the system, and a seed makes the same one again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from time import monotonic

import pytest

from reif.capture.models import Call
from reif.channels.models import Captured, Message
from reif.crm.models import Deal, Person, StageSpell
from reif.demo.companies import make_firms
from reif.demo.draw import at_work
from reif.demo.load import NotEmpty, load, loaded
from reif.demo.people import make_people
from reif.kit.clock import travel
from reif.log.models import Event, Stuck
from reif.log.rebuild import PROJECTIONS, rebuild
from reif.playbook.models import Revision
from reif.qualify.backtest.record import Kept
from reif.qualify.models import Draft, Point, Tally
from reif.qualify.segments.growth import growth, sizes
from reif.route.models import Assignment
from reif.staff.models import User

END = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.slow
@pytest.mark.django_db
def test_a_small_year():
    began = monotonic()
    load(seed=3, people=40, at=END)
    took = timedelta(seconds=monotonic() - began)
    assert loaded()
    assert not Stuck.objects.exists()
    assert {"admin", "marketing", "manager", "seller", "analyst"} == set(User.objects.values_list("role", flat=True))
    ways = Counter(Event.objects.filter(kind="person.created").values_list("topic", flat=True))
    assert ways["form"] >= 40 + 6
    assert ways["lead"] + ways["partner"] + ways["mail"] == Call.objects.filter(created=True).count()
    imported = Event.objects.filter(kind="person.imported", body__created=True).count()
    assert imported > 40
    assert Person.objects.count() == sum(ways.values()) + imported
    assert set(Call.objects.values_list("state", flat=True)) == {"taken", "failed", "refused", "test", "ignored"}
    forgotten = Person.objects.exclude(erased_at=None)
    assert forgotten.exists() and not forgotten.exclude(email=None).exists()
    stages = Counter(Person.objects.values_list("stage", flat=True))
    assert stages["lead"] and stages["mql"]
    assert not Person.objects.living().exclude(email__endswith=".example").exists()
    assert Assignment.objects.offered().filter(due_at__isnull=False).count() >= 4
    assert not Event.objects.filter(at__gt=END + took).exists()
    assert Message.objects.filter(mail="handover", sent_at__isnull=False).exists()
    assert Captured.objects.filter(mail="handover", at__gt=END - timedelta(days=14)).exists()
    assert Event.objects.filter(kind="mail.opened").exists()
    assert all(d.person_id for d in Deal.objects.all())
    the_ways_of_working_grew()
    with pytest.raises(NotEmpty):
        load(seed=3, people=40, at=END)
    for name in PROJECTIONS:
        before = derived()
        with travel(END + took):  # points fade, so a rebuild reckons for the same moment
            assert rebuild(name)
        assert derived() == before, name


def the_ways_of_working_grew():
    """The second revision was tried before it came into force, a third is being edited, and segments are as old as people."""
    first, second = Revision.objects.order_by("id")
    kept = Kept.objects.get()
    assert kept.revision == second.pk and kept.comparison.people > 0 and not kept.comparison.same
    assert second.said["stages"]["mql"]["silence_days"] and "silence_days" not in first.said["stages"]["mql"]
    assert Draft.objects.get().expected == second.pk
    assert Tally.objects.filter(segment="hr-leads", day__lt=END - timedelta(days=100)).exists()
    for key, line in growth(sizes(), END).items():
        most = max(abs(b - a) for a, b in pairwise(line))
        assert most <= max(line[-1] * 3 // 4, 9), f"{key} jumps: {line}"


def derived():
    """What projections make of the log. Which event made a trait known is left out: a rebuild may name another."""
    people = Person.objects.order_by("id").values_list("id", "stage", "stage_at", "fit", "engagement", "score")
    spells = StageSpell.objects.values_list("person", "stage", "came_from", "entered_at", "left_at", "earlier_seconds")
    points = Point.objects.values_list("person", "model", "rule", "points", "axis")
    return list(people), Counter(spells), Counter(points)


@pytest.mark.django_db
def test_it_never_mixes_with_other_records():
    User.objects.create_user("somebody@firma.example", "secret-pass-1")
    with pytest.raises(NotEmpty):
        load(people=1)


def test_a_seed_makes_the_same_people():
    def people(seed):
        random = Random(seed)
        return [(s.email, s.key, s.comes_at, s.heat) for s in make_people(random, make_firms(random, 20), 60, END)]

    assert people(1) == people(1) != people(2)
    assert len({email for email, *_rest in people(1)}) == 60


def test_work_happens_on_working_days():
    random = Random(1)
    found = [at_work(random, END + timedelta(hours=n), 0, 72) for n in range(200)]
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 17 for moment in found)
