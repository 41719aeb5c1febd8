"""Which addresses are our own: a mail from them is no enquiry, unless it brings somebody else's."""

from __future__ import annotations

from django.conf import settings

from reif.kit.address import domain_of, is_free_mail
from reif.playbook.current import current
from reif.staff.models import User


def own_addresses(box: str) -> frozenset[str]:
    """Addresses in small letters, and our domains with an @ before them. box: the mailbox's own address or user name."""
    sender = str(getattr(getattr(current("mails"), "sender", None), "from_address", "") or "")
    told = {
        address.lower()
        for address in (box, sender, *User.objects.filter(is_active=True).values_list("email", flat=True))
    }
    domains = {domain_of(address) for address in (box, sender) if "@" in address}
    if "@" not in box and settings.IMAP_URL:
        told.discard(box.lower())
    return frozenset(told | {f"@{domain}" for domain in domains if domain and not is_free_mail(domain)})
