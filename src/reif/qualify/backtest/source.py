"""What somebody wants to try, from a form: what is in force, the draft, an earlier revision, or files written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reif.playbook.check import check
from reif.playbook.command import said_now
from reif.playbook.draft import Draft, read_plain
from reif.playbook.models import Revision
from reif.playbook.plain import plain
from reif.playbook.problem import Problem
from reif.playbook.write_toml import write_toml
from reif.qualify.backtest.ask import SECTIONS
from reif.qualify.editor.drafts import edited
from reif.qualify.suggest.drafts import applied


@dataclass
class Wanted:
    """A draft with its name, or the problems that it has. texts: the two files, to show them again."""

    what: str
    words: str
    draft: Draft
    texts: dict[str, str]
    since: date | None = None
    until: date | None = None
    model: str = ""
    problems: list[Problem] = field(default_factory=list)


def wanted(asked: QueryDict) -> Wanted:
    """`what` is `force`, `draft`, `text`, the number of a revision, or the key of a suggestion (`change:…`)."""
    what, said = asked.get("what", "force"), said_now()
    words = gettext_noop("What is in force")
    texts = {name: write_toml(said.get(name, {})) for name in SECTIONS}
    if what.isdecimal() and (revision := Revision.objects.filter(pk=int(what[:12])).first()):
        words = _("Revision %(revision)s") % {"revision": revision.short}
        said = {**said, **{name: revision.said.get(name, {}) for name in SECTIONS}}
    if what == "draft":
        words, said = gettext_noop("Draft"), {**said, "scoring": plain(edited())}
    draft = read_plain(said)
    if what == "text":
        words = asked.get("words", "").strip() or gettext_noop("Written by hand")
        texts = {name: asked.get(name, texts[name]).replace("\r\n", "\n") for name in SECTIONS}
        for name, text in texts.items():
            draft = draft.with_text(name, text)
    elif what.startswith("change:"):
        draft, words = applied(draft, what.removeprefix("change:"))
    found = Wanted(
        what, words, draft, texts, _day(asked.get("from")), _day(asked.get("to")), asked.get("model", "")[:64]
    )
    found.problems = check(draft)
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
