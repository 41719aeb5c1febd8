"""What a file can hold, people or companies: where its columns can go, and what it cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reif.capture.imports.aliases import meaning
from reif.capture.imports.company_targets import COMPANY_GROUPS, COMPANY_TARGETS, company_meaning
from reif.capture.imports.targets import GROUPS, TARGETS, TRAIT, Target


@dataclass(frozen=True)
class Kind:
    """meaning: the target of a heading. needs: targets of which a mapping has one at least, else `lack` says what to do."""

    key: str
    targets: dict[str, Target]
    groups: tuple[tuple[str, object], ...]
    meaning: Callable[[str], str]
    needs: frozenset[str]
    lack: str

    def is_target(self, key: str) -> bool:
        """Whether a column can be sent there; nothing at all is a target too."""
        return not key or key in self.targets or (key.startswith(TRAIT) and 0 < len(key) - len(TRAIT) <= 40)

    def lacks(self, mapping: Sequence[str]) -> str:
        """What is missing, as a key of the words of files, or nothing."""
        return "" if self.needs & set(mapping) else self.lack


PEOPLE = Kind(
    "people", {t.key: t for t in TARGETS}, GROUPS, meaning, frozenset({"email", "external_id"}), "no_email"
)  # fmt: skip
COMPANIES = Kind(
    "companies", {t.key: t for t in COMPANY_TARGETS}, COMPANY_GROUPS, company_meaning,
    frozenset({"company_name", "company_domain", "website", "email"}), "no_company",
)  # fmt: skip
KINDS = {kind.key: kind for kind in (PEOPLE, COMPANIES)}
