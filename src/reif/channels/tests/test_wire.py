"""The parts of sending on their own: TLS and sign-in against aiosmtpd, DKIM, MIME, EMAIL_URL, the journal."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import dkim
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import AuthResult, LoginPassword
from pytest_django import Settings

from reif.channels.email.address import BadEmailUrl, relay_of
from reif.channels.email.journal import Answer, Journal, left_behind
from reif.channels.email.mime import Sheet, headers_of, to_bytes
from reif.channels.email.recover import recover, recover_late
from reif.channels.email.smtp import Envelope, send
from reif.channels.email.wire import Unreachable, Wire
from reif.channels.tests.conftest import InForce
from reif.channels.tests.letters import a_letter, a_reader
from reif.kit.clock import now
from reif.log.models import Effect


class Keeper(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[object] = []

    def handle_message(self, message: object) -> None:
        self.mails.append(message)


def _login(_server: object, _session: object, _envelope: object, mechanism: str, data: object) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"reif", b"p:w@d")
    return AuthResult(success=good, handled=good)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
         "-subj", "/CN=localhost"], check=True, capture_output=True,
    )  # fmt: skip
    return key, cert


@pytest.fixture
def server(certificate: tuple[Path, Path]) -> Iterator[Controller]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    controller = Controller(
        Keeper(), hostname="127.0.0.1", port=_free_port(), tls_context=context, authenticator=_login, auth_required=True,
    )  # fmt: skip
    controller.start()
    yield controller
    controller.stop()


def test_starttls_and_sign_in(server: Controller, tmp_path: Path) -> None:
    url = f"smtp://reif:p%3Aw%40d@127.0.0.1:{server.port}?tls=starttls&verify=none"
    wire, journal = Wire(relay_of(url)), Journal(tmp_path)
    raw = b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"
    deliveries = list(send(wire, journal, [Envelope(n, "a@b.example", "c@d.example", raw) for n in (1, 2)]))
    wire.quit()
    assert [d.taken for d in deliveries] == [True, True]
    bodies = [m.get_payload() for m in server.handler.mails]  # type: ignore[union-attr]
    assert bodies == [".dot\r\n..two\r\nend\r\n"] * 2
    journal.close()


@pytest.mark.parametrize(
    ("options", "words"),
    [("reif:p%3Aw%40d@{}?tls=starttls", "TLS"), ("reif:wrong@{}?tls=starttls&verify=none", "535")],
)
def test_a_bad_certificate_or_password_only_makes_us_wait(server: Controller, options: str, words: str) -> None:
    with pytest.raises(Unreachable, match=words):
        Wire(relay_of("smtp://" + options.format(f"127.0.0.1:{server.port}")))


def test_a_password_never_goes_in_the_clear() -> None:
    with pytest.raises(BadEmailUrl, match="encryption"):
        relay_of("smtp://me:secret@mail.example")
    assert relay_of("smtps://me:secret@mail.example").port == 465
    with pytest.raises(BadEmailUrl):
        relay_of("http://mail.example")


def _sheet(**fields: object) -> Sheet:
    return Sheet(**{  # type: ignore[arg-type]
        "message_id": "a.b@x.example", "at": now(), "from_name": "Müller & Söhne", "from_address": "a@x.example",
        "to_name": "Zoë, Ltd", "to_address": "z@y.example", "subject": "Grüezi " * 20, "html": "<p>ä</p>" * 50,
        "text": "Zeile\n.\nmit Punkt = gut\n" + "lang " * 400,
    } | fields)  # fmt: skip


def test_a_mail_reads_back_as_it_was_written() -> None:
    sheet = _sheet(subject="Grüezi\r\nBcc: evil@x.example " + "lang " * 30)
    raw = to_bytes(headers_of(sheet), sheet)
    mail = message_from_bytes(raw, policy=policy.default)
    assert not mail.defects
    assert mail["Bcc"] is None
    assert mail["Subject"] == " ".join(sheet.subject.split())
    assert mail["From"].addresses[0].display_name == "Müller & Söhne"
    assert mail["To"].addresses[0].display_name == "Zoë, Ltd"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").strip() == sheet.text.strip()
    assert html.get_content().strip() == sheet.html
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_dkim_verifies(tmp_path: Path, settings: Settings) -> None:
    from reif.channels.email.dkim import signer

    key = tmp_path / "dkim.pem"
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout"], check=True, capture_output=True, text=True)
    record = "v=DKIM1; k=rsa; p=" + "".join(public.stdout.splitlines()[1:-1])
    settings.DKIM_KEY, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN = str(key), "s1", "x.example"
    extra = (("List-Unsubscribe", "<https://x.example/u/1>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    sheet = _sheet(extra=extra)
    headers = headers_of(sheet)
    raw = to_bytes(headers, sheet)
    signing = signer()
    assert signing is not None
    name, value = signing.header(headers, raw.partition(b"\r\n\r\n")[2], sheet.at)
    signed = f"{name}: {value}\r\n".encode() + raw
    assert "list-unsubscribe:list-unsubscribe-post" in value

    def dns(_name: bytes, timeout: int = 5) -> bytes:
        return record.encode()

    assert dkim.verify(signed, dnsfunc=dns)
    assert not dkim.verify(signed.replace(b"Zeile", b"Zeilf"), dnsfunc=dns)


def _died(folder: Path, owner: str, lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mail-dead.log").write_text(f"{owner}\n{lines}")


@pytest.mark.django_db
@pytest.mark.parametrize(("same_boot", "silent"), [(True, Effect.READY), (False, Effect.UNKNOWN)])
def test_what_a_dead_process_left(in_force: InForce, tmp_path: Path, same_boot: bool, silent: int) -> None:
    from reif.channels.email.owner import boot

    owner = f"host:{boot() if same_boot else 'another-boot'}:1:1"
    done, later, doubt, untouched = (a_letter(a_reader()) for _ in range(4))
    Effect.objects.update(state=Effect.CLAIMED, owner=owner, lease_until=now())
    lines = f"S {done.id}\nK {done.id} 250 ok\nS {later.id}\nK {later.id} 451 wait\nS {doubt.id}\nK {doubt.id} 2"
    _died(tmp_path, owner, lines)
    recover(tmp_path)
    states = [Effect.objects.get(id=e.id).state for e in (done, later, doubt, untouched)]
    assert states == [Effect.DONE, Effect.READY, Effect.UNKNOWN, silent]
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_a_host_that_is_gone_leaves_doubt(in_force: InForce) -> None:
    effect = a_letter()
    Effect.objects.update(state=Effect.CLAIMED, owner="elsewhere:x:1:1", lease_until=now())
    assert recover_late() == 1
    assert Effect.objects.get(id=effect.id).state == Effect.UNKNOWN


def test_the_journal_of_the_living_is_left_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.hand_over(7)
    assert list(left_behind(tmp_path)) == []
    journal.answered(7, Answer(250, "ok"))
    journal.abandon()
    left = next(iter(left_behind(tmp_path)))
    assert (left.handed, left.answers) == ({7}, {7: Answer(250, "ok")})
