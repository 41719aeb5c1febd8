"""Is a mail an enquiry of a person, and if not, what is it? (RFC 3834, RFC 2919, RFC 3464)"""

from __future__ import annotations

from collections.abc import Collection

from reif.capture.intake.mail.letter import Letter
from reif.kit.address import domain_of

ROBOTS = ("mailer-daemon", "postmaster", "bounce", "bounces")
NO_REPLY = (
    "no-reply",
    "noreply",
    "do-not-reply",
    "donotreply",
    "nicht-antworten",
    "wordpress",
    "notification",
    "notifications",
)
MOST_RECIPIENTS = 40


def passed_over(letter: Letter, own: Collection[str]) -> str:
    """Why nobody is made of it: a code, or empty. own: addresses and domains (with an @ before) of ourselves."""
    told, sender = letter.headers, letter.sender[1].lower()
    automatic = told.get("auto-submitted", "no").split(";")[0].strip().lower()
    if not sender or sender.partition("@")[0] in ROBOTS or told.get("return-path", "").strip() == "<>":
        return "bounce" if letter.mime == "multipart/report" or sender else "no_sender"
    if letter.mime == "multipart/report" or "x-failed-recipients" in told:
        return "bounce"
    if _is_spam(told):
        return "spam"
    if automatic == "auto-replied" or "x-autoreply" in told or "x-autorespond" in told or _is_reply_by_subject(letter):
        return "auto_reply"
    if (
        "list-id" in told
        or "list-unsubscribe" in told
        or told.get("precedence", "").lower() in ("bulk", "list", "junk")
    ):
        return "mailing_list"
    if letter.recipients > MOST_RECIPIENTS:
        return "too_many_recipients"
    return ""


def is_own(address: str, own: Collection[str]) -> bool:
    """One of our addresses, or one of our domain."""
    return address.lower() in own or f"@{domain_of(address)}" in own


def is_machine(letter: Letter) -> bool:
    """Sent by software on behalf of somebody: a contact form, a shop."""
    automatic = letter.headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    local = letter.sender[1].partition("@")[0].lower()
    return automatic == "auto-generated" or local.startswith(NO_REPLY)


def _is_spam(told: dict[str, str]) -> bool:
    score = told.get("x-ms-exchange-organization-scl", "")
    return (
        told.get("x-spam-flag", "").lower() == "yes" or told.get("x-spam-status", "").lower().startswith("yes")
        or told.get("x-spam", "").lower() == "yes" or (score.isdecimal() and int(score) >= 5)
    )  # fmt: skip


def _is_reply_by_subject(letter: Letter) -> bool:
    """Programs that tell nobody that they are one, but always begin so."""
    start = letter.subject.lower()
    return start.startswith(
        (
            "automatische antwort",
            "automatic reply",
            "abwesenheitsnotiz",
            "out of office",
            "abwesend:",
            "réponse automatique",
        )
    )
