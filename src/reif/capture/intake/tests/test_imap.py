"""A mailbox on a real IMAP server is read once, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reif.capture.intake.mail.take import mailbox_paused, take_mail
from reif.capture.intake.open import pause
from reif.capture.intake.tests.imap_server import DOVECOT, Imap, an_imap_server
from reif.capture.intake.tests.mails import mail
from reif.capture.models.intake import Call
from reif.channels.imap import poll
from reif.channels.imap.place import BadUrl, place_of
from reif.channels.imap.poll import Poller
from reif.channels.models import MailPlace
from reif.crm.models import Person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DOVECOT, reason="NO IMAP TESTS: Dovecot is missing (apt-get install dovecot-imapd)"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Imap]:
    with an_imap_server() as imap:
        yield imap


@pytest.fixture(autouse=True)
def _holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poll, "HOLDS", [mailbox_paused])


@pytest.fixture
def box(server: Imap) -> Iterator[Imap]:
    """The server with an empty mailbox."""
    with server.client() as client:
        if client.select("INBOX")[1] != [b"0"]:
            client.store("1:*", "+FLAGS", "\\Deleted")
        client.expunge()
    yield server
    for one in [*OPEN, *poll._pollers.values()]:
        one.close()
    OPEN.clear()
    poll._pollers.clear()


OPEN: list[Poller] = []


def poller(box: Imap, query: str = "begin=all&every=1") -> Poller:
    place = place_of(box.url(query))
    assert place is not None
    OPEN.append(Poller(place))
    return OPEN[-1]


def look(one: Poller) -> None:
    """Until there is nothing more."""
    one.next_look = 0
    while one.drain():
        pass


def letters(*numbers: int) -> list[bytes]:
    return [mail(Message_ID=f"<m{n}@firma.example>", From=f"p{n}@firma.example") for n in numbers]


def test_new_mails_become_leads_once_read_or_not(box: Imap) -> None:
    one = poller(box)
    for raw in letters(1, 2):
        box.put(raw)
    box.put(letters(3)[0], "\\Seen")
    look(one)
    assert Person.objects.count() == 3
    look(one)
    look(poller(box))
    assert (Person.objects.count(), Call.objects.count()) == (3, 3)
    with box.client() as client:
        client.select("INBOX", readonly=True)
        assert client.search(None, "UNSEEN")[1][0].split() == [b"1", b"2"]


def test_what_lay_there_before_is_left_alone_unless_told_otherwise(box: Imap) -> None:
    box.put(letters(10)[0])
    one = poller(box, "every=1")
    look(one)
    assert not Person.objects.exists()
    box.put(letters(11)[0])
    look(one)
    assert Person.objects.get().email == "p11@firma.example"


def test_a_crash_between_two_mails_loses_none_and_doubles_none(box: Imap, monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in letters(20, 21, 22):
        box.put(raw)
    taken: list[bytes] = []

    def dies_at_the_second(incoming: Any) -> None:
        take_mail(incoming)
        taken.append(incoming.raw)
        if len(taken) == 2:
            raise RuntimeError("power cut")

    monkeypatch.setattr(poll, "RECEIVERS", [dies_at_the_second])
    one = poller(box)
    with pytest.raises(RuntimeError, match="power cut"):
        look(one)
    assert Person.objects.count() == 1
    look(poller(box))
    assert sorted(Person.objects.values_list("email", flat=True)) == [f"p{n}@firma.example" for n in (20, 21, 22)]


def test_a_server_that_counts_anew_doubles_nothing(box: Imap) -> None:
    box.put(letters(30)[0])
    look(poller(box))
    MailPlace.objects.update(validity=1, uid=999_999)
    box.put(letters(31)[0])
    look(poller(box))
    assert (Person.objects.count(), Call.objects.count()) == (2, 2)


def test_read_mails_can_be_moved(box: Imap) -> None:
    with box.client() as client:
        client.create("Erledigt")
    box.put(letters(40)[0])
    look(poller(box, "begin=all&move=Erledigt"))
    assert (box.count(), box.count("Erledigt")) == (0, 1)


def test_thirty_megabytes_are_not_read_whole(box: Imap) -> None:
    text = (
        '--b\nContent-Type: text/plain\n\nGrosser Anhang\n--b\nContent-Type: application/zip; name="a.zip"\n\n'
        + "x" * 30_000_000
    )
    box.put(mail(text, Content_Type='multipart/mixed; boundary="b"'))
    seen: list[int] = []
    poll_take = poll._fetched

    def watched(*told: Any) -> Any:
        found = poll_take(*told)
        seen.append(len(found.raw))
        return found

    one = poller(box)
    poll._fetched = watched  # type: ignore[assignment]
    try:
        look(one)
    finally:
        poll._fetched = poll_take
    assert seen == [poll.MOST_BYTES]
    assert Person.objects.count() == 1
    assert Call.objects.get().size > 30_000_000


def test_a_server_that_is_away_is_tried_later(box: Imap, settings: Any) -> None:
    settings.IMAP_URL = "imap://a:b@127.0.0.1:1/INBOX"
    assert poll.drain() is False
    assert poll.drain() is False
    settings.IMAP_URL = box.url().replace("geheim", "falsch")
    assert poll.drain() is False


def test_the_settings_way_in(box: Imap, settings: Any) -> None:
    settings.IMAP_URL = box.url()
    box.put(letters(50)[0])
    while poll.drain():
        pass
    assert Person.objects.get().email == "p50@firma.example"


@pytest.mark.parametrize("url", ["http://a:b@c/d", "imaps://", "imaps://host/INBOX"])
def test_a_setting_that_cannot_be_one_says_so(url: str) -> None:
    with pytest.raises(BadUrl, match="REIF_IMAP_URL"):
        place_of(url)


def test_the_mails_of_a_paused_mailbox_wait_in_it(box: Imap) -> None:
    one = poller(box)
    box.put(letters(40)[0])
    look(one)
    mailbox = Call.objects.get().connection
    pause(mailbox, paused=True)
    box.put(letters(41)[0])
    look(one)
    assert Call.objects.count() == 1
    pause(mailbox, paused=False)
    look(one)
    assert Call.objects.count() == 2
