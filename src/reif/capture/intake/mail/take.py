"""Make leads of enquiries that come by mail, and note answers to our own mails.

Says person.created or person.changed, enquiry.received, mail.replied, person.staged.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from reif.capture.intake.forget import plan_forgetting
from reif.capture.intake.mail.judge import passed_over
from reif.capture.intake.mail.letter import Letter, letter_of
from reif.capture.intake.mail.own import own_addresses
from reif.capture.intake.mail.who import Writer, writer_of
from reif.capture.models.intake import Call, Connection
from reif.channels.email.tokens import message_of_id
from reif.channels.imap.poll import Incoming
from reif.channels.models import Message
from reif.crm.activities import keep_mail
from reif.crm.models import Person
from reif.crm.move_stage import Move, move_stage
from reif.crm.told import Draft
from reif.crm.upsert import upsert_people
from reif.kit.clock import now
from reif.log.append import append
from reif.log.catalogue.intake import EnquiryReceived, MailReplied

SOURCE = ("OFFLINE", "EMAIL")
OLDEST = timedelta(days=366)
log = structlog.get_logger("reif.intake")


def take_mail(incoming: Incoming) -> None:
    """One mail, once: its Message-ID, or its bytes when it has none. Call inside `writing()`."""
    mailbox = _mailbox(incoming.box)
    letter = _read(incoming)
    call = _noted(mailbox, letter, incoming)
    if call is None:
        return
    if letter is None:
        call.state, call.reason = Call.State.FAILED, "unreadable"
    elif reason := passed_over(letter, own_addresses(incoming.box)):
        call.state, call.reason = Call.State.IGNORED, reason
    else:
        _take(call, letter, incoming)
    call.save()


def _take(call: Call, letter: Letter, incoming: Incoming) -> None:
    writer = writer_of(letter, own_addresses(incoming.box))
    at = _when(letter)
    if message := _answered(letter):
        return _replied(call, letter, writer, message, at)
    if not writer.address:
        call.state, call.reason = Call.State.IGNORED, "own"
        return None
    return _enquired(call, letter, writer, incoming, at)


def _enquired(call: Call, letter: Letter, writer: Writer, incoming: Incoming, at: datetime) -> None:
    done = upsert_people([_draft(writer, incoming.box)], via="mail", overwrite=False)[0]
    person = done.person
    activity = keep_mail(person, letter.subject or writer.text[:80], _body(letter, writer), at=at)
    call.person, call.created, call.state = person, done.created, Call.State.TAKEN
    append(
        EnquiryReceived(
            person=person.pk, company=person.company_id, topic=incoming.box, call=call.pk, activity=activity.pk, source=SOURCE[0],
            came={"detail_1": SOURCE[1], "detail_2": incoming.box}, forwarded=writer.way == "forwarded", created=done.created,
            at=at, text=f"{letter.subject}\n{writer.text}".strip()[:4000],
        )
    )  # fmt: skip
    if person.stage in ("", "subscriber"):
        move_stage([Move(person.pk, "lead", reason="enquiry", at=at)])


def _replied(call: Call, letter: Letter, writer: Writer, message: Message, at: datetime) -> None:
    """An answer belongs to whoever got our mail, also when it comes from another address of theirs."""
    person = Person.objects.living().filter(pk=message.person_id).first()
    if person is None:
        call.state, call.reason = Call.State.IGNORED, "own"
        return
    words = writer.text or letter.text[:4000]
    activity = keep_mail(person, letter.subject, _body(letter, Writer(text=words)), at=at)
    call.person, call.state, call.reason = person, Call.State.TAKEN, "reply"
    append(
        MailReplied(
            person=person.pk, company=person.company_id, topic=message.mail, message=message.pk, activity=activity.pk, at=at,
            text=words[:4000],
        )
    )  # fmt: skip


def mailbox_paused(box: str) -> bool:
    """Whether the mails of a mailbox wait in it."""
    return Connection.objects.filter(key=_key(box), paused_at__isnull=False).exists()


def _key(box: str) -> str:
    return f"mail-{sha256(box.encode()).hexdigest()[:12]}"


def _mailbox(box: str) -> Connection:
    """The row under which mails of a mailbox are noted; made at the first one."""
    key = _key(box)
    found, new = Connection.objects.get_or_create(
        key=key, defaults={"kind": Connection.Kind.MAIL, "preset": "mail", "name": box[:100], "created_at": now()}
    )  # fmt: skip
    if new:
        plan_forgetting()
    return found


def _read(incoming: Incoming) -> Letter | None:
    try:
        return letter_of(incoming.raw)
    except Exception:
        log.exception("mail_unreadable", size=incoming.size)
        return None


def _noted(mailbox: Connection, letter: Letter | None, incoming: Incoming) -> Call | None:
    """A new row in the log; None when this mail is there."""
    told = letter.message_id if letter and letter.message_id else incoming.raw.hex()
    moment = now()
    call = Call(
        connection=mailbox, key=f"mail:{sha256(told.encode()).hexdigest()}", at=moment, state=Call.State.TAKEN,
        size=min(incoming.size, 2**31 - 1), forget_at=moment + timedelta(days=mailbox.keep_days),
    )  # fmt: skip
    if letter is not None:
        call.keep(
            {"from": " ".join(letter.sender), "reply_to": " ".join(letter.reply_to), "subject": letter.subject,
             "text": letter.text[:20_000], "attachments": [[f.name, f.mime, f.size] for f in letter.files[:50]]}
        )  # fmt: skip
    made = Call.objects.bulk_create([call], ignore_conflicts=True)
    return Call.objects.filter(connection=mailbox, key=call.key, at=moment).first() if made else None


def _draft(writer: Writer, box: str) -> Draft:
    first, _space, last = writer.name.partition(" ")
    if "," in writer.name and "@" not in writer.name:
        last, _comma, first = (part.strip() for part in writer.name.partition(","))
    if "@" in first:
        first = last = ""
    told = {"first_name": first, "last_name": last} | writer.told
    return Draft(email=writer.address, source=SOURCE[0], source_detail_1=SOURCE[1], source_detail_2=box[:255], **told)  # type: ignore[arg-type]


def _body(letter: Letter, writer: Writer) -> str:
    files = "\n".join(f"📎 {one.name or one.mime} ({one.mime}, {one.size // 1024} kB)" for one in letter.files[:50])
    return f"{writer.text}\n\n{files}".strip()


def _when(letter: Letter) -> datetime:
    """When it was written, as far as that can be true."""
    moment = now()
    return letter.at if letter.at and moment - OLDEST < letter.at <= moment else moment


def _answered(letter: Letter) -> Message | None:
    """Our own mail that this one answers: its Message-ID carries our signature."""
    for told in letter.references:
        if number := message_of_id(told.partition("@")[0]):
            return Message.objects.filter(pk=number).first()
    return None
