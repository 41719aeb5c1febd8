"""What the shared records listen to."""

from reif.crm.touches import HEARD, keep_touches
from reif.log.hear import hear

hear(HEARD, keep_touches)
