"""Mail addresses: one form for one mailbox, and whether a domain is a company's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from email_validator import EmailNotValidError, validate_email


class BadAddress(ValueError):
    """This cannot be a mail address. `reason`: what is wrong, in English."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(reason)
        self.address, self.reason = address, reason


def normalise(email: str) -> str:
    """The address in the form that is stored: lower case, Unicode NFC, domain in ASCII. Raises BadAddress.

    No look-up in DNS. Local parts are folded too: no provider tells Anna@ from anna@.
    """
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise BadAddress(email, str(error)) from error
    return f"{found.local_part}@{found.ascii_domain}".lower()


def domain_of(address: str) -> str:
    """What stands behind the last @, in lower case."""
    return address.rpartition("@")[2].lower()


def is_free_mail(domain: str) -> bool:
    """Whether anybody can get an address there, so that it says nothing about a company."""
    return domain.lower() in _free_mail()


@cache
def _free_mail() -> frozenset[str]:
    lines = files("reif.kit").joinpath("free_mail.txt").read_text().split()
    return frozenset(line for line in lines if not line.startswith("#"))
