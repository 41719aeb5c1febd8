"""The sender against a real SMTP server: taken, refused, later, away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from pytest_django import Settings

from reif.channels.email import sender as sending
from reif.channels.email.compose import Letter, queue
from reif.channels.models import Captured, Message
from reif.channels.tests.letters import a_letter, a_reader
from reif.channels.tests.sink import Sink, a_sink
from reif.crm.models import Suppression
from reif.kit.clock import now, travel
from reif.log.models import Effect, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_force")]


@pytest.fixture(params=["in a row", "step by step"])
def sink(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Sink]:
    with a_sink(pipelining=request.param == "in a row") as server:
        settings.EMAIL_URL = server.url
        yield server


def drain() -> None:
    while sending.drain():
        pass


def state(effect: Effect) -> int:
    return Effect.objects.get(id=effect.id).state


def test_a_mail_arrives_whole(sink: Sink) -> None:
    person = a_reader(email="joerg@firma.example")
    effect = a_letter(person)
    drain()
    mail = message_from_bytes(sink.taken[0][1], policy=policy.default)
    assert mail["Subject"] == "Grüezi Jörg: Neues"
    assert mail["To"] == "Jörg Müller <joerg@firma.example>"
    assert mail["From"] == "Talentwerk <hallo@talentwerk.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://localhost:8000/u/")
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain and "Guten Tag Jörg Müller" in plain.get_content() and "Limmatquai 112" in plain.get_content()
    assert html and "/o/" in html.get_content() and "/l/" in html.get_content()
    assert all(len(line) < 998 for line in sink.taken[0][1].split(b"\r\n"))
    assert state(effect) == Effect.DONE
    assert Event.objects.get(kind="mail.sent").person_id == person.id
    assert Message.objects.get(id=effect.id).sent_at


def test_a_service_mail_carries_no_pixel_no_counted_links_no_advertising(sink: Sink) -> None:
    queue([Letter("t:confirm:1", "confirm", person=a_reader(allowed=False).id, kind="service")])
    drain()
    mail = message_from_bytes(sink.taken[0][1], policy=policy.default)
    html = mail.get_body(("html",))
    assert html and "/o/" not in html.get_content() and "/l/" not in html.get_content()
    assert "http://localhost:8000/blog/neu" in html.get_content()
    assert "List-Unsubscribe" not in mail
    assert "Vertreten durch: Corinne Amstutz" in html.get_content()


def test_mixed_answers_in_one_batch(sink: Sink) -> None:
    sink.refusals = {"gone": "550 5.1.1 no such user", "full": "452 4.2.2 full", "policy": "550 5.7.1 not you"}
    sink.after_dot = {"spam": "554 looks like spam", "grey": "451 4.7.1 come back"}
    names = ["anna", "gone", "bea", "full", "policy", "spam", "carl", "grey", "dora"]
    effects = {name: a_letter(a_reader(email=f"{name}@firma.example")) for name in names}
    drain()
    states = {name: state(effect) for name, effect in effects.items()}
    done, failed, ready = Effect.DONE, Effect.FAILED, Effect.READY
    assert states == dict(anna=done, gone=failed, bea=done, full=ready, policy=failed, spam=failed, carl=done,
                          grey=ready, dora=done)  # fmt: skip
    assert sink.readers == [f"{n}@firma.example" for n in ("anna", "bea", "carl", "dora")]
    assert Suppression.objects.count() == 1
    bounced = Event.objects.filter(kind="mail.bounced").order_by("id")
    assert [(e.body["code"], e.body["hard"]) for e in bounced] == [("550", True), ("550", False), ("554", False)]


def test_later_means_later_until_it_expires(sink: Sink) -> None:
    sink.refusals = {"full": "452 4.2.2 full"}
    effect = a_letter(a_reader(email="full@firma.example"), expires_at=now() + timedelta(hours=1))
    drain()
    first = Effect.objects.get(id=effect.id)
    assert (first.state, first.attempts, first.code) == (Effect.READY, 1, "452")
    assert first.not_before > now()
    sink.refusals = {}
    with travel(timedelta(minutes=2)):
        drain()
    assert state(effect) == Effect.DONE
    assert len(sink.taken) == 1


def test_an_address_that_bounced_gets_nothing_more(sink: Sink) -> None:
    sink.refusals = {"gone": "550 5.1.1 no such user"}
    person = a_reader(email="gone@firma.example")
    a_letter(person)
    drain()
    sink.refusals = {}
    again = a_letter(person)
    drain()
    assert state(again) == Effect.SKIPPED
    assert Event.objects.get(kind="mail.skipped").body["reason"] == "suppressed"
    assert sink.taken == []


def test_the_server_is_away_and_comes_back(settings: Settings) -> None:
    with a_sink() as server:
        port = server.port
    settings.EMAIL_URL = server.url
    effect = a_letter()
    assert sending.drain() is False
    row = Effect.objects.get(id=effect.id)
    assert (row.state, row.attempts) == (Effect.READY, 0)
    with a_sink(port=port) as server:
        sending._sender._patience = 0  # type: ignore[union-attr]
        drain()
        assert len(server.taken) == 1


def test_a_server_that_refuses_us_harms_no_mail(sink: Sink) -> None:
    sink.sender_answer = "550 who are you"
    effect = a_letter()
    drain()
    row = Effect.objects.get(id=effect.id)
    assert (row.state, row.attempts) == (Effect.READY, 0)


def test_a_hang_up_after_the_dot_leaves_one_in_doubt(sink: Sink) -> None:
    sink.hang_up_after = 2
    effects = [a_letter() for _ in range(4)]
    drain()
    assert [state(e) for e in effects] == [Effect.DONE, Effect.UNKNOWN, Effect.READY, Effect.READY]
    assert len(sink.taken) == 2


def test_a_service_mail_in_doubt_goes_again_under_the_same_id(sink: Sink) -> None:
    sink.hang_up_after = 1
    queue([Letter("t:confirm:1", "confirm", person=a_reader().id, kind="service")])
    drain()
    sink.hang_up_after = 0
    sending._sender._patience = 0  # type: ignore[union-attr]
    drain()
    ids = {message_from_bytes(raw)["Message-ID"] for _, raw in sink.taken}
    assert (len(sink.taken), len(ids)) == (2, 1)


def test_without_a_server_mails_end_in_the_mailbox() -> None:
    person = a_reader(email="joerg@firma.example")
    a_letter(person)
    drain()
    captured = Captured.objects.get()
    assert (captured.recipient, captured.subject) == ("joerg@firma.example", "Grüezi Jörg: Neues")
    assert Event.objects.filter(kind="mail.sent").count() == 1
