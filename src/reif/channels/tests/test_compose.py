"""Letters become rows in the outbox, once each."""

import pytest

from reif.channels.email.compose import Letter, queue
from reif.channels.models import Message
from reif.crm.tests.people import a_person, a_user
from reif.log.models import Effect, Event

pytestmark = pytest.mark.django_db


def test_a_key_is_queued_once():
    person = a_person()
    letters = [Letter("t:confirm:1", "confirm", person=person.id, kind="service")] * 2
    assert len(queue(letters)) == 1
    assert queue(letters) == {}
    assert Effect.objects.get().person_id == person.id
    assert Message.objects.get().id == Effect.objects.get().id
    assert Event.objects.get(kind="mail.queued").topic == "confirm"


def test_staff_letters_say_nothing_about_people():
    user = a_user(language="en")
    queue([Letter("t:handover:1", "handover", user=user.id, kind="staff")])
    assert Effect.objects.get().body["language"] == "en"
    assert not Event.objects.exists()


def test_a_thousand_letters_take_a_handful_of_queries(django_assert_max_num_queries):
    people = [a_person().id for _ in range(50)]
    with django_assert_max_num_queries(14):
        queue([Letter(f"j:{p}:1", "news", person=p) for p in people])
