"""deals.toml: what becomes of somebody whose deal was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.close.reasons import LOST
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register

Back = Literal["subscriber", "lead", "mql", "sql", "other"]


class Lost(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """to: the stage to go back to. by_reason: other stages for some of the reasons of a lost deal."""

    to: Back = "lead"
    by_reason: dict[str, Back] = {}

    def stage(self, reason: str) -> str:
        """Where somebody goes whose deal was lost for this reason."""
        return self.by_reason.get(reason, self.to)


class Deals(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """lost: who has no open deal left goes back to marketing; without it, people stay an opportunity."""

    lost: Lost | None = None


def check_deals(draft: Draft) -> Iterator[Problem]:
    """Reasons that exist."""
    lost = draft["deals"].lost
    for reason in lost.by_reason if lost else ():
        if reason not in LOST:
            remedy = _("The reasons are: %(reasons)s.") % {"reasons": ", ".join(LOST)}
            sentence = _("No deal is lost for the reason “%(reason)s”.") % {"reason": reason}
            yield draft.problem("deals", ("lost", "by_reason", reason), sentence, remedy)


register(Section("deals", Deals, gettext_lazy("Deals"), check_deals))
