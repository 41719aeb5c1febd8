"""People on journeys: begin, wait, get mails, branch, leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.channels.mails import Hours, Limits, Mails
from reif.channels.models import Message
from reif.channels.tests.letters import HOUSE, a_mail, a_reader
from reif.crm.consent import ask, give, withdraw
from reif.crm.models import Member, Person
from reif.crm.move_stage import Move, move_stage
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.mail import MailClicked
from reif.log.catalogue.nurture import SegmentEntered, SegmentLeft
from reif.log.models import Event, Timer
from reif.log.worker import settle
from reif.nurture.advance import TICK
from reif.nurture.journeys import Enter, Journey, Journeys, Step
from reif.nurture.models import Enrollment, EnrollmentStep
from reif.nurture.overview import outline
from reif.playbook.apply import apply
from reif.playbook.draft import Draft, read_plain
from reif.rules.decode import decode

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
CLICKED = decode({"did": "mail.clicked", "topic": "one"})
RIPE = decode({"field": "stage", "op": "one of", "value": ["sql", "customer"]})
TEXTS = Mails(
    sender=HOUSE,
    limits=Limits(most=100, hours=Hours(0, 24)),
    mail=[a_mail("one"), a_mail("two"), a_mail("three")],
)


def put(*steps: Step, key: str = "welcome", **fields: object) -> None:
    journey = Journey(key=key, **{"enter": Enter(stage="mql"), "steps": list(steps)} | fields)  # type: ignore[arg-type]
    apply(Draft.of(mails=TEXTS, journeys=Journeys(journey=[journey])))
    settle()


def ripen(*people: Person, to: str = "mql") -> None:
    move_stage([Move(p.id, to) for p in people])
    settle()


def sent(person: Person) -> list[str]:
    rows = Message.objects.filter(person_id=person.id, sent_at__isnull=False).order_by("sent_at", "id")
    return list(rows.values_list("mail", flat=True))


def facts(person: Person, kind: str) -> list[str]:
    return list(Event.objects.filter(person_id=person.id, kind=kind).order_by("id").values_list("topic", flat=True))


def test_a_series_over_weeks() -> None:
    with travel(START):
        put(Step(mail="one"), Step(wait="3d"), Step(mail="two"), Step(wait="1w"), Step(mail="three"))
        person = a_reader()
        ripen(person)
        assert sent(person) == ["one"]
    with travel(START + 2 * DAY):
        settle()
        assert sent(person) == ["one"]
    with travel(START + 3 * DAY + timedelta(minutes=2)):
        settle()
        assert sent(person) == ["one", "two"]
    with travel(START + 11 * DAY):
        settle()
        assert sent(person) == ["one", "two", "three"]
    row = Enrollment.objects.get()
    assert (row.state, row.reason) == (Enrollment.DONE, "finished")
    assert list(row.steps.order_by("seq").values_list("seq", "node", "outcome")) == [
        (1, "one", "mailed"), (2, "wait-1", "waits"), (3, "two", "mailed"), (4, "wait-2", "waits"), (5, "three", "mailed"),
    ]  # fmt: skip
    assert facts(person, "journey.entered") == ["welcome"]
    assert facts(person, "journey.stepped")[0] == "welcome/one"
    staged = Event.objects.get(kind="person.staged")
    assert Event.objects.get(kind="journey.entered").cause_id == staged.id
    assert not Timer.objects.filter(name=TICK).exists()


def test_whoever_waits_is_counted_at_the_wait() -> None:
    steps = [Step(mail="one"), Step(wait="3d", id="rest"), Step(mail="two")]
    with travel(START):
        put(*steps)
        ripen(a_reader(), a_reader())
        lines = outline(Journey(key="welcome", enter=Enter(stage="mql"), steps=steps), "de")
    assert {line.id: line.counts[0][1] for line in lines} == {"one": 2, "rest": 2, "two": 0}


def test_nobody_begins_without_permission_and_then_with_it() -> None:
    with travel(START):
        put(Step(mail="one"))
        person = a_reader(allowed=False)
        ripen(person)
        assert not Enrollment.objects.exists()
        give(ask(person, "marketing", "Ja", "v1"))
        settle()
        assert sent(person) == ["one"]


def test_a_branch_follows_what_the_reader_did() -> None:
    with travel(START):
        put(Step(mail="one"), Step(wait="2d"), Step(branch=CLICKED, yes=[Step(mail="two")], no=[Step(mail="three")]))
        keen, calm = a_reader(), a_reader()
        ripen(keen, calm)
    with travel(START + DAY), writing():
        append(MailClicked(person=keen.id, topic="one"), MailClicked(person=calm.id, topic="one", machine=True))
    with travel(START + 3 * DAY):
        settle()
    assert sent(keen) == ["one", "two"]
    assert sent(calm) == ["one", "three"]


def test_the_goal_ends_it_and_takes_waiting_mails_back() -> None:
    with travel(START):
        put(Step(wait="1d"), Step(mail="one"), Step(mail="two"), goal=RIPE)
        person = a_reader()
        ripen(person)
        ripen(person, to="sql")
    row = Enrollment.objects.get()
    assert (row.state, row.reason) == (Enrollment.DONE, "goal")
    assert row.goal_at
    with travel(START + 2 * DAY):
        settle()
    assert sent(person) == []


def test_whoever_leaves_the_segment_that_a_journey_is_for_leaves_it_at_once() -> None:
    guests = {"field": "segment", "op": "is", "value": "guests"}
    journey = Journey(key="welcome", enter=Enter(event="segment.entered", topic="guests"), exit_when=decode({"not": guests}),
                      steps=[Step(wait="9d"), Step(mail="one")])  # fmt: skip
    with travel(START):
        known = read_plain({"segments": {"segment": [{"key": "guests"}, {"key": "others"}]}})
        apply(known.with_(mails=TEXTS, journeys=Journeys(journey=[journey])))
        settle()
        person, stays = a_reader(), a_reader()
        for one, segment in ((person, "guests"), (stays, "guests"), (a_reader(), "others")):
            Member.objects.create(segment=segment, person=one, since=now())
            with writing():
                append(SegmentEntered(person=one.id, topic=segment))
        settle()
        assert Enrollment.objects.filter(state=Enrollment.ACTIVE).count() == 2
        Member.objects.filter(person=person).delete()
        with writing():
            append(SegmentLeft(person=person.id, topic="guests"))
        settle()
    row = Enrollment.objects.get(person_id=person.id)
    assert (row.state, row.reason) == (Enrollment.DONE, "exit")
    assert Enrollment.objects.get(person_id=stays.id).state == Enrollment.ACTIVE


def test_whoever_unsubscribes_leaves_within_one_tick() -> None:
    with travel(START):
        put(Step(mail="one"), Step(wait="1d"), Step(mail="two"))
        person = a_reader()
        ripen(person)
        withdraw([person.id], "marketing")
        settle()
        assert Enrollment.objects.get().reason == "withdrawn"
    with travel(START + 2 * DAY):
        settle()
    assert sent(person) == ["one"]


def test_letters_that_wait_for_morning_are_taken_back() -> None:
    night = START.replace(hour=22)
    texts = Mails(sender=HOUSE, limits=Limits(hours=Hours(8, 18, True)), mail=TEXTS.mail)
    with travel(night):
        put(Step(mail="one"), Step(wait="1d"), goal=RIPE)
        apply(Draft.of(mails=texts, journeys=Journeys(journey=[Journey(
            key="welcome", enter=Enter(stage="mql"), steps=[Step(mail="one"), Step(wait="1d")], goal=RIPE)])))  # fmt: skip
        settle()
        person = a_reader()
        ripen(person)
        assert sent(person) == []
        ripen(person, to="sql")
    with travel(START + DAY):
        settle()
    assert sent(person) == []
    assert Event.objects.get(kind="mail.skipped").body["reason"] == "left_journey"


def test_people_stay_on_the_version_they_began() -> None:
    with travel(START):
        put(Step(wait="1d"), Step(mail="one"))
        old = a_reader()
        ripen(old)
        put(Step(wait="1d"), Step(mail="two"))
        new = a_reader()
        ripen(new)
    with travel(START + 2 * DAY):
        settle()
    assert (sent(old), sent(new)) == (["one"], ["two"])


@pytest.mark.parametrize(("reentry", "times"), [("never", 1), ("after_exit", 2)])
def test_beginning_again(reentry: str, times: int) -> None:
    with travel(START):
        put(Step(mail="one"), reentry=reentry)
        person = a_reader()
        ripen(person)
        move_stage([Move(person.id, "lead", reason="bad_timing", back=True)])
        ripen(person)
    assert Enrollment.objects.filter(person=person).count() == times
    assert sent(person) == ["one"] * times


def test_a_holdout_gets_nothing_and_still_counts_for_the_goal() -> None:
    with travel(START):
        put(Step(holdout=50), Step(mail="one"), goal=RIPE)
        people = [a_reader() for _ in range(40)]
        ripen(*people)
        held = list(Enrollment.objects.filter(arm="holdout"))
        assert 8 <= len(held) <= 32
        assert Message.objects.count() == 40 - len(held)
        move_stage([Move(held[0].person_id, "sql")])
        settle()
    assert Enrollment.objects.get(id=held[0].id).reason == "goal"


def test_a_split_gives_the_same_answer_each_time() -> None:
    from reif.nurture.graph import Node
    from reif.nurture.steps import take

    node = Node("a", "split", yes="x", no="y", percent=30)
    rows = [Enrollment(journey="j", person_id=i, version_id=1) for i in range(2000)]
    ways = [way.outcome for way in take(node, rows, now())]
    assert ways == [way.outcome for way in take(node, rows, now())]
    assert 500 < ways.count("yes") < 700


def test_a_thousand_people_cost_as_many_statements_as_ten() -> None:
    def cost(number: int) -> int:
        people = [a_reader() for _ in range(number)]
        with (
            travel(START),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            ripen(*people)
        return len(seen)

    with travel(START):
        put(Step(wait="1d"), Step(mail="one"))
    few = cost(10)
    assert cost(150) < few * 1.5 + 20


def test_an_aborted_tick_repeats_nothing() -> None:
    with travel(START):
        put(Step(mail="one"))
        person = a_reader()
        ripen(person)
        Enrollment.objects.update(state=Enrollment.ACTIVE, node="one", seq=0, due_at=now())
        EnrollmentStep.objects.all().delete()
        from reif.nurture.advance import advance

        with writing():
            advance()
        settle()
    assert sent(person) == ["one"]
