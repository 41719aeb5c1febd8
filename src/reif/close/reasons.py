"""Why deals end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LOST = {
    "price": _("Too expensive"),
    "competitor": _("Chose somebody else"),
    "no_decision": _("No decision was made"),
    "no_budget": _("The budget fell away"),
    "timing": _("Wrong moment"),
    "feature": _("Something is missing in the product"),
    "no_answer": _("No answer any more"),
    "other": _("Something else"),
}
