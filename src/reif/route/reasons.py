"""Why a seller sends somebody back, and what follows from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Stage


class Reason(models.TextChoices):
    """Few, and each is something that marketing can act on."""

    UNABLE_TO_REACH = "unable_to_reach", _("Could not be reached")
    INACCURATE_DATA = "inaccurate_data", _("Contact details are wrong")
    NO_NEED = "no_need", _("No need")
    NO_BUDGET = "no_budget", _("No budget")
    NO_FIT = "no_fit", _("Does not fit us")
    BAD_TIMING = "bad_timing", _("Wrong moment")
    COMPETITOR = "competitor_or_student", _("Competitor or student")
    DUPLICATE = "duplicate_or_existing_customer", _("Duplicate or customer already")

    @property
    def stage(self) -> str:
        """Where the person goes back to."""
        return _STAGE.get(self, Stage.MQL)

    @property
    def rest_days(self) -> int | None:
        """For how many days nobody is offered this person again; bad timing has a date instead."""
        return _REST.get(self)

    @property
    def corrects(self) -> str:
        """Which input of the scoring this answer should correct: fit, engagement, or the data themselves."""
        return _CORRECTS[self]


class Fit(models.TextChoices):
    """What does not fit."""

    SIZE = "size", _("Size of the company")
    ROLE = "role", _("Role of the person")
    GEOGRAPHY = "geography", _("Region")
    PRODUCT = "product", _("Our product")


_STAGE = {
    Reason.INACCURATE_DATA: Stage.LEAD,
    Reason.NO_FIT: Stage.OTHER,
    Reason.COMPETITOR: Stage.OTHER,
    Reason.DUPLICATE: Stage.OTHER,
}
_REST = {
    Reason.UNABLE_TO_REACH: 14,
    Reason.INACCURATE_DATA: 30,
    Reason.NO_NEED: 180,
    Reason.NO_BUDGET: 90,
    Reason.NO_FIT: 365,
    Reason.COMPETITOR: 365,
    Reason.DUPLICATE: 365,
}
_CORRECTS = {
    Reason.UNABLE_TO_REACH: "data",
    Reason.INACCURATE_DATA: "data",
    Reason.NO_NEED: "engagement",
    Reason.NO_BUDGET: "fit",
    Reason.NO_FIT: "fit",
    Reason.BAD_TIMING: "engagement",
    Reason.COMPETITOR: "fit",
    Reason.DUPLICATE: "data",
}
