"""What the addresses in a mail do: pixel, links, goodbye, and who is a machine."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from reif.channels.email import sender as sending
from reif.channels.email.tokens import person_of, token_of
from reif.channels.models import Captured, Message
from reif.channels.tests.letters import a_letter, a_reader
from reif.crm.consent import may_mail
from reif.crm.models import Person
from reif.kit.clock import travel
from reif.log.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_force")]
HUMAN = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LATER = timedelta(minutes=5)


@pytest.fixture
def reader() -> Person:
    person = a_reader()
    a_letter(person)
    sending.drain()
    return person


def addresses() -> list[str]:
    """Every address in the mail, in order."""
    return re.findall(r'(?:href|src)="http://localhost:8000(/[olu]/[^"]+)"', Captured.objects.get().html)


def browser(agent: str = HUMAN) -> Client:
    return Client(headers={"user-agent": agent}, enforce_csrf_checks=True)


def fact(kind: str) -> dict[str, object]:
    return Event.objects.filter(kind=kind).latest("id").body


def test_a_human_opens_and_follows_a_link(reader: Person, django_assert_max_num_queries) -> None:
    pixel = next(a for a in addresses() if a.startswith("/o/"))
    link = next(a for a in addresses() if a.endswith("/1"))
    with travel(LATER), django_assert_max_num_queries(11):
        assert browser().get(pixel)["Content-Type"] == "image/gif"
    assert fact("mail.opened") == {"message": Message.objects.get().id, "machine": False, "why": ""}
    with travel(LATER), django_assert_max_num_queries(16):
        answer = browser().get(link)
    assert answer.status_code == 302
    assert answer["Location"].startswith(
        "http://localhost:8000/blog/neu?utm_source=mail&utm_medium=email&utm_campaign=news&reif="
    )
    assert person_of(answer["Location"].split("reif=")[1]) == reader.id
    assert not answer.cookies
    event = Event.objects.get(kind="mail.clicked")
    assert event.body["link"] == "/blog/neu" and event.cause_id == Event.objects.get(kind="mail.sent").id
    message = Message.objects.get()
    assert message.opened_at and message.clicked_at and not message.machine_at


@pytest.mark.parametrize(
    ("agent", "wait", "why"),
    [
        ("Mozilla/5.0", LATER, "apple_proxy"),
        (
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
            LATER,
            "image_proxy",
        ),
        (HUMAN, timedelta(seconds=1), "too_fast"),
        ("python-requests/2.32", LATER, "scanner"),
        ("", LATER, "no_agent"),
    ],
)
def test_machines_that_open(reader: Person, agent: str, wait: timedelta, why: str) -> None:
    with travel(wait):
        browser(agent).get(next(a for a in addresses() if a.startswith("/o/")))
    assert fact("mail.opened")["why"] == why
    assert Message.objects.get().opened_at is None


def test_a_hidden_link_tells_a_scanner(reader: Person) -> None:
    with travel(LATER):
        browser().get(next(a for a in addresses() if a.endswith("/0")))
    assert fact("mail.clicked")["why"] == "hidden_link"


def test_all_links_at_once_are_no_human(reader: Person) -> None:
    links = [a for a in addresses() if a.startswith("/l/") and not a.endswith("/0")]
    with travel(LATER):
        for link in links:
            browser().get(link)
    assert fact("mail.clicked")["why"] == "all_links"
    assert Event.objects.filter(kind="mail.clicked").count() == 2


def test_head_is_noted_as_a_machine(reader: Person) -> None:
    with travel(LATER):
        assert browser().head(next(a for a in addresses() if a.endswith("/1"))).status_code == 302
    assert fact("mail.clicked")["why"] == "head"


def test_a_double_click_counts_once(reader: Person) -> None:
    link = next(a for a in addresses() if a.endswith("/1"))
    with travel(LATER):
        browser().get(link)
        browser().get(link)
    assert Event.objects.filter(kind="mail.clicked").count() == 1


def test_links_lead_only_where_the_mail_says(reader: Person) -> None:
    token = token_of(Message.objects.get().id)
    assert browser().get(f"/l/{token}/7").status_code == 404
    assert browser().get(f"/l/{token[:-2]}xx/1").status_code == 404
    assert browser().get("/l/nonsense/1").status_code == 404
    assert browser().get("/o/nonsense.gif").status_code == 200
    assert not Event.objects.filter(kind__in=["mail.clicked", "mail.opened"]).exists()


def test_a_foreign_target_gets_no_word_about_the_reader(reader: Person) -> None:
    with travel(LATER):
        answer = browser().get(next(a for a in addresses() if a.endswith("/2")))
    assert answer["Location"] == "https://other.example/x?a=1&b=2"


def test_the_page_alone_unsubscribes_nobody(reader: Person) -> None:
    page = browser().get(next(a for a in addresses() if a.startswith("/u/")))
    assert reader.email in page.content.decode()
    assert may_mail([reader.id])


def test_one_click_unsubscribes(reader: Person) -> None:
    address = next(a for a in addresses() if a.startswith("/u/"))
    answer = browser().post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok", {})
    assert not may_mail([reader.id])
    assert fact("mail.unsubscribed")["one_click"] is True
    browser().post(address, {})
    assert Event.objects.filter(kind="mail.unsubscribed").count() == 1
    later = a_letter(reader)
    sending.drain()
    assert fact("mail.skipped") == {"message": later.id, "reason": "no_permission"}
