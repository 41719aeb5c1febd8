"""Stop publishing a scoring: the one that counts is in force again, as a line of the history, and nothing was changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reif.log.append import writing
from reif.playbook.apply import apply
from reif.playbook.command import said_now
from reif.playbook.current import revision
from reif.playbook.draft import read_plain
from reif.playbook.models import Revision
from reif.qualify.models import Build
from reif.qualify.publish.build import leave
from reif.qualify.publish.progress import progress
from reif.qualify.scoring.in_force import alone
from reif.staff.models import User


def stop(by: User | None) -> bool:
    """False when nothing is on its way any more. Raises Overtaken when somebody publishes at the same time."""
    expected = revision()
    with writing(), alone():
        found = progress()
        if found is None or not found.is_before:
            return False
        counts = Build.objects.filter(state=Build.State.LIVE).values_list("revision", flat=True).first()
        before = Revision.objects.filter(pk=counts or 0).first()
        said = {name: section for name, section in said_now().items() if name != "scoring"}
        if before is not None and "scoring" in before.said:
            said["scoring"] = before.said["scoring"]
        apply(read_plain(said), by, _("Publishing stopped"), expected)
        leave()
    return True
