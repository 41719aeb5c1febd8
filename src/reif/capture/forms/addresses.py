"""Mail addresses in forms: one that can be written to, of a domain that the form takes."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

from django.utils.translation import gettext as _

from reif.capture.forms.field_file import Field
from reif.capture.forms.wrong import Wrong
from reif.kit.address import BadAddress, domain_of, is_free_mail, is_throwaway, normalise


def mail_address(field: Field, value: str) -> str:
    """Normalised. Raises Wrong with what to do."""
    try:
        found = normalise(value)
    except BadAddress as bad:
        raise Wrong(_sentence(bad.key)) from bad
    domain = domain_of(found)
    if field.business and is_throwaway(domain):
        raise Wrong(_("This address is thrown away after a short time. Please use your business address."))
    if field.business and is_free_mail(domain):
        raise Wrong(_("Please use your business address."))
    if blocked(found, field.block):
        raise Wrong(_("We cannot take addresses of this domain here."))
    return found


def blocked(address: str, patterns: list[str]) -> bool:
    """Patterns are domains, with or without *, or whole addresses; a domain stands for its subdomains."""
    domain = domain_of(address)
    return any(_fits(address, domain, pattern) for pattern in _lower(tuple(patterns)))


def _fits(address: str, domain: str, pattern: str) -> bool:
    if "@" in pattern.lstrip("@"):
        return fnmatchcase(address, pattern)
    wanted = pattern.lstrip("@")
    return fnmatchcase(domain, wanted) or domain.endswith(f".{wanted}")


@cache
def _lower(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p.strip().lower() for p in patterns if p.strip())


def _sentence(key: str) -> str:
    sentences = {
        "no_at": _("The address needs an @, for example name@company.com."),
        "many_ats": _("The address has more than one @."),
        "too_long": _("The address is too long."),
        "domain": _("The part after the @ cannot be right. Please check it."),
    }
    return sentences.get(key, _("The part before the @ cannot be right. Please check it."))
