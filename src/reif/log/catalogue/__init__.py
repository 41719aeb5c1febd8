"""Every fact the system can state, one file per noun group; importing this package registers them all."""

from reif.log.catalogue import campaigns as campaigns
from reif.log.catalogue import deals, people, playbook, qualification, routing, timers, web
from reif.log.catalogue import imports as imports
from reif.log.catalogue import intake as intake
from reif.log.catalogue import mail as mail
from reif.log.catalogue import nurture as nurture
from reif.log.fact import Fact, kind_of

CATALOGUE: dict[str, type[Fact]] = {kind_of(fact): fact for fact in Fact.__subclasses__()}
"""Every kind of fact by its name."""

assert len(CATALOGUE) == len(Fact.__subclasses__()), "two facts have one name"

__all__ = [
    "CATALOGUE",
    "campaigns",
    "deals",
    "imports",
    "intake",
    "mail",
    "nurture",
    "people",
    "playbook",
    "qualification",
    "routing",
    "timers",
    "web",
]
