"""The words for events about scores, chances, the models behind them, and how good the data are."""

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


def _scored(e: Event, t: Titles) -> tuple[str, str]:
    body = e.body
    if body.get("excluded"):
        return _("Left out of the score"), ""
    return _("Score is now %(score)s (%(delta)+d)") % {"score": body.get("score", 0), "delta": body.get("delta", 0)}, ""


def _rated(e: Event, t: Titles) -> tuple[str, str]:
    said = {"completeness": e.body.get("completeness", 0), "quality": e.body.get("quality", 0)}
    return _("Data rated anew: %(completeness)s %% complete, quality %(quality)s %%") % said, ""


SCORED = {
    "data.rated": _rated,
    "person.scored": _scored,
    "company.scored": lambda e, t: (_("Score of the company is now %(score)s") % {"score": e.body.get("score", 0)}, ""),
    "scoring.rebuilt": lambda e, t: (_("Everybody was scored anew"), e.topic),
    "prediction.made": _foreseen,
    "prediction.set": lambda e, t: (_("Chance of %(what)s set to %(percent)s %% by hand") % _chance(e), ""),
    "prediction.released": lambda e, t: (_("Chance of %(what)s: the model counts again") % _chance(e), ""),
    "model.trained": lambda e, t: (_("A model of %(what)s was trained (version %(version)s)") % _chance(e), ""),
    "model.replaced": lambda e, t: (_("A better model of %(what)s is in force (version %(version)s)") % _chance(e), ""),
}
