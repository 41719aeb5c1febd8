"""Put a draft in force, all of it or nothing; go back to an earlier revision.

Says playbook.applied.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.playbook import PlaybookApplied
from reif.playbook.check import check, guarded
from reif.playbook.current import forget
from reif.playbook.draft import Draft
from reif.playbook.models import Activation, Active, Revision
from reif.playbook.plain import canonical, hash_of
from reif.playbook.problem import Refused
from reif.staff.models import User


class Overtaken(Exception):
    """Somebody else put a revision in force in the meantime; the sentence says who and when. Nothing was changed."""


def apply(draft: Draft, by: User | None = None, note: str = "", expected: int | None = None) -> Revision:
    """Check, store and put in force. `expected`: the revision that the draft was made from; when another is in force
    by now, raises Overtaken. Raises Refused with all problems. What is in force already stays, and nothing is said.
    """
    if problems := check(draft) or guarded(draft):
        raise Refused(problems)
    said = draft.plain()
    text = canonical(said)
    with writing():
        active = _locked(expected)
        old = active.activation.revision if active.activation else None
        made = {"text": text, "created_at": now(), "by": by, "note": note[:300], "parent": old}
        revision, _new = Revision.objects.get_or_create(hash=hash_of(text), defaults=made)
        if revision != old:
            _activate(active, revision, old, Activation(by=by, note=note[:300]))
    return revision


def revert(revision: Revision, by: User | None = None, note: str = "", expected: int | None = None) -> Revision:
    """Put an earlier revision in force again."""
    with writing():
        active = _locked(expected)
        old = active.activation.revision if active.activation else None
        if revision != old:
            _activate(active, revision, old, Activation(by=by, note=note[:300], reverted=True))
    return revision


def _locked(expected: int | None) -> Active:
    Active.objects.bulk_create([Active(id=1)], ignore_conflicts=True)
    active = Active.objects.select_for_update().get(id=1)
    last = active.activation
    if expected is not None and expected != (last.revision_id if last else 0):
        raise Overtaken(_overtaken(last))
    return active


def _overtaken(last: Activation | None) -> str:
    if last is None:
        return _("There is no revision yet.")
    who = last.by.name if last.by else _("Somebody")
    when = formats.date_format(timezone.localtime(last.at), "DATETIME_FORMAT")
    sentence = _("%(who)s put revision %(revision)s in force on %(when)s. Look at it, then publish again.")
    return sentence % {"who": who, "revision": last.revision.short, "when": when}


def _activate(active: Active, revision: Revision, old: Revision | None, line: Activation) -> None:
    line.revision, line.at = revision, now()
    line.save()
    active.activation = line
    active.save()
    changed = changed_sections(old.said if old else {}, revision.said)
    append(
        PlaybookApplied(
            topic=revision.short, revision=revision.id, sections=changed, reverted=line.reverted, at=line.at,
            actor=line.by_id,
        )
    )  # fmt: skip
    forget()
    transaction.on_commit(forget)


def changed_sections(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The names of the sections that differ."""
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
