"""Every test gets its own home folder; nothing it does touches the developer's data."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("REIF_HOME", tempfile.mkdtemp(prefix="reif-test-"))
os.environ.pop("EMAIL_URL", None)
