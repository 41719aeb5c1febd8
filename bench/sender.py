"""How many mails a second leave the house?

A null server takes them, in a process of its own on the same machine. First the SMTP client alone, against smtplib on one
lasting connection with the same finished mails. Then the whole sender (claim, permission, caps, Liquid, MIME, journal, SMTP,
report, facts), against the usual way without a database: Django's mail classes and smtplib, with the same filled texts.
"""

from __future__ import annotations

import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench._engines import line, on_both, set_up

if TYPE_CHECKING:
    from reif.channels.mails import Limits, Mails

MAILS, PEOPLE = 5000, 2500


@contextmanager
def a_null_server() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "_sink.py")], stdout=subprocess.PIPE, text=True
    )
    try:
        yield int(process.stdout.readline())  # type: ignore[union-attr]
    finally:
        process.kill()
        process.wait()


def bench(engine: str) -> None:
    set_up()
    with a_null_server() as port:
        raws = queue_up()
        ours, theirs = client(port, raws), rival_client(port, raws)
        line(f"SMTP client alone, {len(raws[0]) / 1000:.0f} kB", f"{ours:,.0f} mails/s", f"smtplib {theirs:,.0f}",
             ours / theirs, ">= 1.5", ours / theirs >= 1.5)  # fmt: skip
        whole, naive = sender(port), rival_sender(port)
        line(f"whole sender, {engine}", f"{whole:,.0f} mails/s", f"Django {naive:,.0f}", whole / naive, ">= 1.0",
             whole >= naive)  # fmt: skip


def queue_up() -> list[bytes]:
    """People with permission, a queued mail each, and 2,000 finished mails for the clients."""
    from reif.channels.compile_mails import print_all
    from reif.channels.email.compose import Letter, queue
    from reif.channels.email.readers import posts_of
    from reif.channels.email.wording import complete
    from reif.channels.email.write import write
    from reif.channels.mails import Hours, Limits
    from reif.crm.models import Consent, Person
    from reif.kit.clock import now
    from reif.log.models import Effect
    from reif.playbook.apply import apply
    from reif.playbook.draft import Draft

    mails = texts(Limits(most=100, days=7, hours=Hours(0, 24)))
    print_all(mails, apply(Draft.of(mails=mails)).id)
    moment = now()
    people = Person.objects.bulk_create(
        [Person(email=f"p{n}@firma.example", first_name="Jörg", last_name=f"Nr {n}", created_at=moment) for n in range(PEOPLE)],
        batch_size=1000,
    )  # fmt: skip
    Consent.objects.bulk_create(
        [
            Consent(
                person=p, purpose="marketing", text="Ja", text_version="1", address=p.email or "", double=True,
                requested_at=moment, given_at=moment,
            )
            for p in people
        ],
        batch_size=1000,
    )  # fmt: skip
    queue(Letter(f"b:{n}", "news", person=people[n % PEOPLE].id) for n in range(MAILS))
    sample = complete(posts_of(list(Effect.objects.order_by("id")[:500])))
    return [write(post).envelope().raw for post in sample] * 4


def texts(limits: Limits) -> Mails:
    from reif.channels.mails import Block, Mail, Mails, Sender, Words

    house = Sender(
        company="Talentwerk", legal_form="AG", seat="Zürich", register="Handelsregister Zürich, CHE-000.000.000",
        directors=["Corinne Amstutz"], phone="+41 44 000 00 00",
        street="Limmatquai 112", postcode="8001", city="Zürich", country="Schweiz", vat="CHE-000.000.000 MWST",
        from_address="hallo@talentwerk.example",
    )  # fmt: skip
    paragraph = (
        "[Mehr dazu](/blog/{n}) steht im Blog. "
        + "Wer Leute hält, muss weniger suchen, und wer sucht, merkt das. " * 12
    )
    blocks = [
        Block(text=Words(de="{{ greeting }}\n\n" + "\n\n".join(paragraph.replace("{n}", str(n)) for n in range(12))))
    ]
    blocks += [Block(button=Words(de="Lesen"), href="/blog/x"), Block(signature=True)]
    mail = Mail(key="news", subject=Words(de="Neues für {{ person.first_name }}"), blocks=blocks)
    return Mails(sender=house, limits=limits, mail=[mail])


def client(port: int, raws: list[bytes]) -> float:
    from reif.channels.email.address import relay_of
    from reif.channels.email.journal import Journal
    from reif.channels.email.smtp import Envelope, send
    from reif.channels.email.wire import Wire

    with tempfile.TemporaryDirectory() as folder:
        wire, journal = Wire(relay_of(f"smtp://127.0.0.1:{port}")), Journal(Path(folder))
        started = time.perf_counter()
        taken = sum(
            d.taken
            for d in send(wire, journal, (Envelope(n, "a@b.example", "c@d.example", raw) for n, raw in enumerate(raws)))
        )
        seconds = time.perf_counter() - started
        assert taken == len(raws)
        wire.quit()
        journal.close()
    return len(raws) / seconds


def rival_client(port: int, raws: list[bytes]) -> float:
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        started = time.perf_counter()
        for raw in raws:
            smtp.sendmail("a@b.example", ["c@d.example"], raw)
        return len(raws) / (time.perf_counter() - started)


def sender(port: int) -> float:
    from django.test import override_settings

    from reif.channels.email.sender import drain
    from reif.log.models import Effect

    with override_settings(EMAIL_URL=f"smtp://127.0.0.1:{port}"):
        started = time.perf_counter()
        while drain():
            pass
        seconds = time.perf_counter() - started
    assert Effect.objects.filter(state=Effect.DONE).count() == MAILS
    return MAILS / seconds


def rival_sender(port: int) -> float:
    from django.core.mail import EmailMultiAlternatives

    from reif.channels.email.liquid import fill
    from reif.channels.models import MailContent

    content = MailContent.objects.get(language="de")
    number = MAILS // 5
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        started = time.perf_counter()
        for n in range(number):
            filled = fill(content, {"greeting": f"Guten Tag {n}", "base": "http://x", "token": str(n)})
            mail = EmailMultiAlternatives(filled.subject, filled.text, "a@b.example", ["c@d.example"])
            mail.attach_alternative(filled.html, "text/html")
            smtp.sendmail("a@b.example", ["c@d.example"], mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        return number / (time.perf_counter() - started)


if __name__ == "__main__":
    on_both(__file__, bench)
