"""Who may change deals and activities; everybody else reads."""

from reif.staff.models import Role

WRITERS: frozenset[str] = frozenset({Role.SELLER, Role.MANAGER, Role.ADMIN})
