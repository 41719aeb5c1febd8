"""What the room of visitors gives to others: the events of the door, who is looking at a page, the counts of the house."""

from __future__ import annotations


def mount() -> None:
    """Called once, when the room is ready."""
    from reif.capture.web import tally
    from reif.capture.web.ingest import pull
    from reif.capture.web.visiting import visiting_of
    from reif.kit.tally import keep_tally
    from reif.kit.visiting import know_visitors
    from reif.log.worker import feed

    feed("capture.ingest", pull)
    know_visitors(visiting_of)
    keep_tally(tally.add, tally.read)
