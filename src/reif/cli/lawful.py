"""What the doctor says of the law: may mails leave at all, whose law holds, how old the Austrian list is, who must be told."""

from __future__ import annotations

from collections.abc import Iterator

Finding = tuple[bool, str, str]


def lawful() -> Iterator[Finding]:
    """A line for each check, as in `doctor`."""
    yield from _sender()
    yield from _ecg()
    yield from _told()


def _sender() -> Iterator[Finding]:
    from reif.channels.email.limits import sender
    from reif.channels.law.house import our_house
    from reif.channels.law.legal_forms import lacking_words

    missing, seat = lacking_words(sender()), our_house().seat
    remedy = "fill in [sender] in mails.toml; no mail to people leaves before"
    yield not missing, f"sender: {f'lacks {missing}' if missing else 'complete'}", remedy
    remedy = "name the country in [sender]; until then the strictest law holds for everybody"
    yield bool(seat), f"seat of the sender: {seat or 'unknown'}", remedy


def _ecg() -> Iterator[Finding]:
    from reif.crm.law.ecg import STALE_DAYS, newest
    from reif.crm.models import Consent
    from reif.kit.clock import now

    found = newest()
    age = (now() - found.read_at).days if found else None
    needed = Consent.objects.filter(basis="soft_opt_in", withdrawn_at=None, fits__startswith="AT").exists()
    remedy = "get the newest from the regulator and run `reif import-ecg FILE`"
    fresh = not needed or (age is not None and age <= STALE_DAYS)
    yield fresh, f"ECG list: {'none' if age is None else f'{age} days old'}{'' if needed else ', not needed'}", remedy


def _told() -> Iterator[Finding]:
    from reif.crm.models import Basis
    from reif.kit.clock import now

    late = Basis.objects.filter(inform_by__lt=now(), informed_at=None, person__erased_at=None).count()
    remedy = "open /consents/deadlines, tell them, and note that it was done"
    yield not late, f"people to be told where their data come from: {late} overdue", remedy
