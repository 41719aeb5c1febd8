"""Numbers that stand beside entries of the navigation."""

from __future__ import annotations

from reif.log.models import Stuck
from reif.staff.models import User


def stuck_count(user: User) -> int:
    """Events that wait for somebody."""
    return Stuck.objects.filter(done_at=None).count()
