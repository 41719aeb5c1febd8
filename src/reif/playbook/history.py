"""Which revisions were in force, newest first, with what each of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reif.playbook.apply import changed_sections
from reif.playbook.models import Activation
from reif.playbook.section import sections


@dataclass(frozen=True)
class Chapter:
    """An activation, and the names of the sections that it changed."""

    line: Activation
    changed: tuple[str, ...]

    @property
    def titles(self) -> str:
        """Their names as pages say them."""
        known = sections()
        return ", ".join(str(known[name].title or name) if name in known else name for name in self.changed)


def history(limit: int) -> list[Chapter]:
    """The last activations. One query."""
    lines = list(Activation.objects.select_related("revision", "by")[: limit + 1])
    if not lines:
        return []
    before = [*(earlier.revision.said for _later, earlier in pairwise(lines)), {}]
    changed = [tuple(changed_sections(old, line.revision.said)) for line, old in zip(lines, before, strict=True)]
    return [Chapter(line, names) for line, names in zip(lines, changed, strict=True)][:limit]
