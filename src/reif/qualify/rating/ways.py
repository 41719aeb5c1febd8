"""The shape of data.toml: which data are needed, how much each counts, and what each flaw costs."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec import Struct, field

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.shape import instead
from reif.rules.fields import FIELDS, Type

NEEDS = {
    "email": 20, "last_name": 10, "job_title": 10, "department": 10, "company_name": 10, "country": 10,
    "company.size": 10, "company.industry": 10, "first_name": 5, "language": 5,
}  # fmt: skip
FLAWS = {
    "email_invalid": 50, "email_throwaway": 40, "name_strange": 20, "stale": 20, "email_role": 15, "domain_differs": 10,
    "phone_unreadable": 10, "title_strange": 10,
}  # fmt: skip
CAN_BE_NEEDED = tuple(
    name for name, f in FIELDS.items() if f.path and f.missing and f.type in (Type.TEXT, Type.CODE, Type.NUMBER)
    and not f.path.startswith("origin__") and name not in ("persona", "stage", "completeness", "quality", "basis")
)  # fmt: skip


class Data(Struct, frozen=True, forbid_unknown_fields=True):
    """needs: fields and how much each counts. flaws: what each takes from a hundred, where it differs from the usual.

    fresh_days: so long after somebody last told or confirmed anything, the data are stale.
    """

    needs: dict[str, int] = field(default_factory=lambda: dict(NEEDS))
    flaws: dict[str, int] = field(default_factory=dict)
    fresh_days: int = 540

    def cost(self, flaw: str) -> int:
        """What a flaw takes from a hundred."""
        return self.flaws.get(flaw, FLAWS[flaw])


def check_data(draft: Draft) -> Iterator[Problem]:
    """Fields and flaws that there are, numbers that can be."""
    data: Data = draft["data"]
    for table, known, sentence in (
        ("needs", CAN_BE_NEEDED, _("“%(name)s” cannot be needed: it is no field of a person or company.")),
        ("flaws", tuple(FLAWS), _("There is no flaw “%(name)s”.")),
    ):
        for name, number in getattr(data, table).items():
            if name not in known:
                yield draft.problem("data", (table, name), sentence % {"name": name}, instead(name, sorted(known)))
            elif not 0 <= number <= 100:
                yield draft.problem("data", (table, name), _("Write a number from 0 to 100."), "")
    if not any(data.needs.values()):
        yield draft.problem("data", ("needs",), _("Nothing is needed."), _("Leave “needs” out for the usual fields."))
    if not 1 <= data.fresh_days <= 3650:
        sentence = _("Days are a whole number from 1 to %(most)s.") % {"most": 3650}
        yield draft.problem("data", ("fresh_days",), sentence, "")
