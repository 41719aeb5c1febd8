"""Who sees campaigns and links, and who writes them."""

from reif.staff.models import Role

READERS = frozenset({Role.ADMIN, Role.MARKETING, Role.ANALYST, Role.MANAGER})
WRITERS = frozenset({Role.ADMIN, Role.MARKETING})
