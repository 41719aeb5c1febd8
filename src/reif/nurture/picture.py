"""A journey as the canvas wants it: steps and links."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reif.crm.models import Stage
from reif.nurture.graph import END, graph_of
from reif.nurture.journeys import Journey
from reif.nurture.overview import Line


def picture(journey: Journey, lines: list[Line], language: str) -> dict[str, list[dict[str, Any]]]:
    """{"steps": [...], "links": [...]}: a start, every step with its numbers, and an end."""
    graph = graph_of(journey)
    steps: list[dict[str, Any]] = [
        {"id": "start", "kind": "start", "title": beginning(journey), "text": journey.title(language)}
    ]
    steps += [
        {"id": x.id, "kind": x.kind, "title": x.words, "text": x.id,
         "counts": [{"label": label, "value": value} for label, value in x.counts]}
        for x in lines
    ]  # fmt: skip
    steps.append({"id": "end", "kind": "end", "title": _("End"), "text": ""})
    links = [{"from": "start", "to": graph.start or "end", "label": ""}]
    for node in graph.nodes:
        if node.kind in ("branch", "split"):
            links += [_link(node.id, node.yes, _("yes")), _link(node.id, node.no, _("no"))]
        else:
            links.append(_link(node.id, node.next, ""))
    return {"steps": steps, "links": links}


def _link(start: str, to: str, label: str) -> dict[str, Any]:
    return {"from": start, "to": "end" if to == END else to, "label": label}


def beginning(journey: Journey) -> str:
    """What makes people begin."""
    if journey.enter.stage in Stage.values:
        return _("Becomes %(stage)s") % {"stage": Stage(journey.enter.stage).label}
    return f"{journey.enter.event} {journey.enter.topic}".strip()
