"""What is wrong with a playbook: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """`file` is the name in the folder, `line` counts from 1."""

    file: str
    line: int
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence} {self.remedy}".rstrip()


class Refused(Exception):
    """A playbook with problems is refused whole; the one in force goes on."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))
