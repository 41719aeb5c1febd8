"""The token of a message, in the addresses that its reader may follow; it says which message, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from reif.kit import token as signed
from reif.kit.clock import now

BadToken = signed.BadToken


def token_of(message: int) -> str:
    """Valid for ever: an unsubscribe link must never run out."""
    return signed.sign(settings.SECRET_KEY, "mail", message)


def message_of(token: str) -> int:
    """The message's id. Raises BadToken."""
    return _number(token, "mail")


def message_id(message: int) -> str:
    """The left part of the Message-ID: the same at each attempt, and of no use to those it is quoted to."""
    return signed.sign(settings.SECRET_KEY, "message-id", message)


def message_of_id(local: str) -> int | None:
    """The message whose Message-ID has this left part; None when it is not one of ours."""
    try:
        return _number(local, "message-id")
    except BadToken:
        return None


def arrival_of(person: int) -> str:
    """Goes with somebody from a mail to one of our own pages; one hour, and of use only with consent to cookies."""
    return signed.sign(settings.SECRET_KEY, "arrival", person, until=now() + timedelta(hours=1))


def person_of(arrival: str) -> int | None:
    """Who came with this `reif` parameter; None when it is false or old."""
    try:
        return _number(arrival, "arrival")
    except BadToken:
        return None


def _number(token: str, purpose: str) -> int:
    try:
        return int(signed.read(settings.SECRET_KEY, purpose, token, now())[0])
    except (ValueError, IndexError, UnicodeError) as error:
        raise BadToken(str(error)) from error
