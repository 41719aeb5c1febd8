"""The words for events about chances and the models that foresee them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.desk.codes import word
from reif.desk.titles import Titles
from reif.log.models import Event


def _chance(e: Event) -> dict[str, object]:
    return {"what": word("chance", e.topic), "percent": e.body.get("percent"), "version": e.body.get("version", "")}


def _foreseen(e: Event, t: Titles) -> tuple[str, str]:
    if e.body.get("percent") is None:
        return _("No chance of %(what)s is foreseen any more") % _chance(e), ""
    return _("Chance of %(what)s is now %(percent)s %%") % _chance(e), ""


FORESEEN = {
    "prediction.made": _foreseen,
    "prediction.set": lambda e, t: (_("Chance of %(what)s set to %(percent)s %% by hand") % _chance(e), ""),
    "prediction.released": lambda e, t: (_("Chance of %(what)s: the model counts again") % _chance(e), ""),
    "model.trained": lambda e, t: (_("A model of %(what)s was trained (version %(version)s)") % _chance(e), ""),
    "model.replaced": lambda e, t: (_("A better model of %(what)s is in force (version %(version)s)") % _chance(e), ""),
}
