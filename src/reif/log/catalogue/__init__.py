"""Every fact the system can state, one file per noun group; importing this package registers them all."""

from reif.log.catalogue import deals, people, playbook, qualification, routing, timers, web
from reif.log.catalogue import mail as mail
from reif.log.catalogue import nurture as nurture

__all__ = ["deals", "mail", "nurture", "people", "playbook", "qualification", "routing", "timers", "web"]
