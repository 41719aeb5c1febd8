"""Why a company has this score, in a line: its best people, and what is taken of them."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reif.crm.models import Company
from reif.qualify.scoring.in_force import scoring
from reif.qualify.scoring.roll_up import best


def of_its_people(company: Company) -> str:
    """`The 3 best together: 100 + 85 + 71`; nothing where no score is rolled up, or from nobody. One query."""
    how = scoring().main.company
    if how is None:
        return ""
    scores = best(how, [company.pk]).get(company.pk)
    if not scores:
        return ""
    said = {"n": len(scores), "scores": _listed(scores, " + " if how.take == "sum" else ", ")}
    if how.take == "max" or len(scores) == 1:
        return _("The best of its people")
    if how.take == "average":
        return _("Average of its %(n)s best: %(scores)s") % said
    return _("Its %(n)s best together: %(scores)s") % said


def _listed(scores: list[int], between: str) -> str:
    return between.join(number_format(score, force_grouping=True) for score in scores)
