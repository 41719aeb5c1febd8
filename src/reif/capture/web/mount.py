"""What the room of visitors gives to others: the events of the door, who is looking at a page, the counts of the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


def mount() -> None:
    """Called once, when the room is ready."""
    from reif.capture.web import tally
    from reif.capture.web.ingest import pull, waits
    from reif.capture.web.panel import draw_visits
    from reif.capture.web.visiting import visiting_of
    from reif.kit.tally import keep_tally
    from reif.kit.visiting import know_visitors
    from reif.log.worker import feed
    from reif.staff.nav import entry
    from reif.staff.panels import panel

    feed("capture.ingest", pull, waits)
    know_visitors(visiting_of)
    keep_tally(tally.add, tally.read)
    panel("person.side", "visits", draw_visits, order=120)
    roles = {"admin", "marketing", "analyst"}
    entry(
        "traffic",
        _("Visitors"),
        "capture:traffic",
        icon="chart-no-axes-column",
        roles=roles,
        order=5,
        group="learn",
        keys="g t",
    )
