"""What the command `reif playbook` does, as functions of folders; also for tests and the demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from reif.crm.models import Person
from reif.kit.clock import now
from reif.playbook.apply import Overtaken, apply, revert
from reif.playbook.check import check
from reif.playbook.current import book
from reif.playbook.diff import diff
from reif.playbook.draft import Draft, read_folder
from reif.playbook.models import Activation, Revision
from reif.playbook.problem import Problem, Refused
from reif.playbook.reach import reach
from reif.playbook.section import sections
from reif.playbook.stamp import stamp, stamped
from reif.playbook.write_toml import write_toml
from reif.staff.models import User

TRIED = 10_000


class NoSuchRevision(ValueError):
    """No revision has this number or hash; the sentence says what to give."""


def check_folder(folder: Path) -> list[Problem]:
    """All problems; empty when the folder may be applied."""
    return check(read_folder(Path(folder)))


def diff_folder(folder: Path) -> list[str]:
    """What the folder would change, a line each. Raises Refused."""
    changes = diff(said_now(), checked(folder).plain())
    return [f"{change.section}: {change.sentence}" for change in changes]


def try_folder(folder: Path) -> list[str]:
    """What would change, and for whom as far as the sections can tell. Changes nothing. Raises Refused."""
    draft = checked(folder)
    changes = diff(said_now(), draft.plain())
    said = [f"{change.section}: {change.sentence}" for change in changes] or [_("No difference.")]
    said += reach(changes, now())
    people = list(Person.objects.living().order_by("-id").values_list("id", flat=True)[:TRIED])
    changed = {change.section for change in changes}
    for name, section in sections().items():
        if section.preview and name in changed:
            said += [f"{name}: {line}" for line in section.preview(draft, people)]
    return said


def apply_folder(folder: Path, by: User | None = None, note: str = "", expected: int | None = None) -> str:
    """Check and put in force; says what is in force. Raises Refused, Overtaken."""
    draft = read_folder(Path(folder))
    before = book().revision
    revision = apply(draft, by, note, expected)
    if revision.id == before:
        return _("Revision %(revision)s is in force already.") % {"revision": revision.short}
    return _("Revision %(revision)s is in force.") % {"revision": revision.short}


def apply_edited(folder: Path, by: User | None = None, note: str = "", force: bool = False) -> str:
    """The same for a folder that was exported and edited: raises Overtaken when another revision came into force since.

    force: put it in force all the same. The folder is from now on one of the revision that it made.
    """
    folder, before = Path(folder), book()
    made_from = stamped(folder)
    if before.revision and not force and made_from != before.hash and checked(folder).hash != before.hash:
        raise Overtaken(_not_from(folder, made_from))
    told = apply_folder(folder, by, note, None if force else before.revision)
    stamp(folder, book().hash)
    return told


def _not_from(folder: Path, made_from: str) -> str:
    last = Activation.objects.select_related("by", "revision").first()
    told = {"folder": folder, "revision": last.revision.short if last else "", "from": made_from[:10]}
    if made_from:
        first = _("“%(folder)s” was made from revision %(from)s, and revision %(revision)s is in force by now.")
    else:
        first = _("“%(folder)s” does not say from which revision it was made, and revision %(revision)s is in force.")
    rest = _(
        "Nothing was changed. See the difference with “reif playbook diff %(folder)s”; export what is in force and"
        " bring your changes into it, or overwrite it with --force."
    )
    return f"{first % told} {rest % told}"


def export_folder(folder: Path) -> list[Path]:
    """Write what is in force, a file a section; applying it again changes nothing. Files of empty sections go."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    said, written = said_now(), []
    for name in sections():
        file = folder / f"{name}.toml"
        if name in said:
            file.write_text(write_toml(said[name]), encoding="utf-8")
            written.append(file)
        else:
            file.unlink(missing_ok=True)
    stamp(folder, book().hash)
    return written


def revert_to(wanted: str | int | None = None, by: User | None = None, note: str = "") -> str:
    """Go back to a revision: its number, the beginning of its hash, or None for the one before."""
    revision = revert(_find(wanted), by, note)
    return _("Revision %(revision)s is in force.") % {"revision": revision.short}


def said_now() -> dict[str, Any]:
    """What is in force, as plain values; nothing before the first."""
    number = book().revision
    return Revision.objects.get(id=number).said if number else {}


def checked(folder: Path) -> Draft:
    """A folder as a draft that may be applied. Raises Refused."""
    draft = read_folder(Path(folder))
    if problems := check(draft):
        raise Refused(problems)
    return draft


def _find(wanted: str | int | None) -> Revision:
    if wanted is None:
        earlier = Activation.objects.exclude(revision_id=book().revision).select_related("revision").first()
        found = [earlier.revision] if earlier else []
    else:
        text = str(wanted)
        found = list(Revision.objects.filter(id=int(text))) if text.isdecimal() and len(text) < 10 else []
        found = found or list(Revision.objects.filter(hash__startswith=text)[:2] if len(text) >= 4 else [])
    if len(found) != 1:
        raise NoSuchRevision(_("No single revision is known by “%(wanted)s”.") % {"wanted": wanted or "…"})
    return found[0]


__all__ = [
    "Overtaken",
    "Refused",
    "apply_edited",
    "apply_folder",
    "check_folder",
    "checked",
    "diff_folder",
    "export_folder",
    "revert_to",
    "try_folder",
]
