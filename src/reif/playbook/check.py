"""Find everything that is wrong with a draft."""

from __future__ import annotations

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import sections


def check(draft: Draft) -> list[Problem]:
    """All problems, by file and line; none means it may be applied.

    Sections are looked at together only when each can be read alone: a reference into a file that nobody can read
    would be one more problem that is none.
    """
    if draft.problems:
        return sorted(set(draft.problems))
    found = (problem for section in sections().values() if section.check for problem in section.check(draft))
    return sorted(set(found))


def guarded(draft: Draft) -> list[Problem]:
    """What stands in the way of putting it in force here, by what was made on pages and asks for its parts."""
    found = (problem for section in sections().values() if section.guard for problem in section.guard(draft))
    return sorted(set(found))
