"""One section's file changed on a page: checked with all the others, published only when nobody was faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from reif.playbook.apply import apply
from reif.playbook.check import check
from reif.playbook.command import said_now
from reif.playbook.diff import diff
from reif.playbook.draft import Draft, read_plain
from reif.playbook.models import Revision
from reif.playbook.problem import Problem
from reif.playbook.section import Section
from reif.staff.models import User


@dataclass(frozen=True)
class Edit:
    """`expected`: the revision that the text was read from."""

    section: Section
    text: str
    expected: int
    note: str
    draft: Draft
    problems: list[Problem]

    @classmethod
    def of(cls, sent: QueryDict, section: Section) -> Edit:
        text = str(sent.get("text", "")).replace("\r\n", "\n")
        draft = read_plain(said_now()).with_text(section.name, text)
        expected = str(sent.get("expected", ""))
        number = int(expected) if expected.isdecimal() else 0
        return cls(section, text, number, str(sent.get("note", "")), draft, check(draft))

    def publish(self, by: User) -> Revision:
        """Raises Overtaken."""
        return apply(self.draft, by, self.note, self.expected)

    def shown(self, **more: Any) -> dict[str, Any]:
        """For the page: the text as it was sent, what is wrong with it, else what it would change."""
        changes = [] if self.problems else diff(said_now(), self.draft.plain())
        own = {name: getattr(self, name) for name in ("section", "text", "expected", "note", "problems")}
        return {**own, "changes": changes, "checked": True, **more}
