"""What the shape alone cannot say about scoring and stages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.qualify.check_model import DAYS, Place, check_model, twice
from reif.qualify.circles import check_circles, check_names
from reif.qualify.ways import Definition, Scoring, Stages


def check_scoring(draft: Draft) -> Iterator[Problem]:
    """Each model by itself, and no rule that asks for its own result."""
    scoring: Scoring = draft["scoring"]
    yield from twice(draft, "scoring", ("model",), scoring.models)
    for n, model in enumerate(scoring.models):
        yield from check_model(Place(draft, model, ("model", n)))
    yield from check_circles(draft)
    yield from check_names(draft)


def check_stages(draft: Draft) -> Iterator[Problem]:
    """Days that can be."""
    stages: Stages = draft["stages"]
    for name, definition in stages.given.items():
        yield from _definition(draft, name, definition)


def _definition(draft: Draft, name: str, definition: Definition) -> Iterator[Problem]:
    for key in ("rest_days", "drop_after"):
        if getattr(definition, key) < 0:
            yield draft.problem("stages", (name, key), _("Days cannot be negative."), _("Write 0 for none."))
    silence = definition.silence_days
    if silence is not None and not 1 <= silence <= DAYS:
        sentence = _("Days are a whole number from 1 to %(most)s.") % {"most": DAYS}
        yield draft.problem("stages", (name, "silence_days"), sentence, _("Leave it out for no end."))
    if definition.drop_after and definition.keep is None:
        sentence = _("“drop_after” says how long “keep” may fail, and there is no “keep”.")
        yield draft.problem("stages", (name, "drop_after"), sentence, _("Add “keep”, or leave it out."))
