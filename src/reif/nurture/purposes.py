"""What a journey's mails are for: whoever withdraws one of these purposes cannot stay on the way."""

from __future__ import annotations

from reif.channels.email.limits import mails
from reif.nurture.graph import Graph


def purposes_of(graph: Graph) -> set[str]:
    """The purposes of its marketing mails; none when it sends no advertising. A mail that nobody knows counts as such."""
    known = {mail.key: mail for mail in mails().mail}
    sent = {node.mail for node in graph.nodes if node.mail}
    kinds = {key: known[key].kind if key in known else "marketing" for key in sent}
    return {known[key].purpose if key in known else "marketing" for key in sent if kinds[key] == "marketing"}
