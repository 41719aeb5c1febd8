"""Put sources where they are seen: in the navigation, on the person page, beside links that are built."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reif.capture.sources.counting import count
from reif.capture.sources.panel import draw_way
from reif.capture.sources.tree_pages import READERS
from reif.kit.arrivals import keep_count
from reif.staff.nav import entry
from reif.staff.panels import panel


def mount() -> None:
    """Once, when the room is ready."""
    keep_count(count)
    panel("person.side", "way", draw_way)
    entry("sources", _("Sources"), "capture:sources", icon="split", roles=READERS, order=20, group="learn")
