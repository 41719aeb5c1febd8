"""The journeys in force and their stored versions."""

from __future__ import annotations

from typing import cast

from reif.kit.clock import now
from reif.nurture.graph import graph_of, hash_of, text_of
from reif.nurture.journeys import Journey, Journeys
from reif.nurture.models import JourneyVersion
from reif.playbook.current import current, revision


def journeys() -> list[Journey]:
    """Those of the playbook in force."""
    return cast(Journeys, current("journeys")).journey


def version_of(journey: Journey) -> JourneyVersion:
    """The stored version of this shape, made when it is new."""
    text = text_of(graph_of(journey))
    return JourneyVersion.objects.get_or_create(
        journey=journey.key,
        hash=hash_of(text),
        defaults={"graph": text, "revision": revision(), "created_at": now()},
    )[0]
