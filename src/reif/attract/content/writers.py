"""Who writes content, and who reads its numbers."""

from reif.staff.models import Role

WRITERS = frozenset({Role.ADMIN.value, Role.MARKETING.value})
READERS = WRITERS | {Role.ANALYST.value}
