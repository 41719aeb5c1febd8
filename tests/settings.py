"""The settings of the tests: a home folder of their own, fast passwords, everything else as in life."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["REIF_HOME"] = tempfile.mkdtemp(prefix="reif-test-")
os.environ.pop("EMAIL_URL", None)
atexit.register(shutil.rmtree, os.environ["REIF_HOME"], ignore_errors=True)

from reif.settings import *  # noqa: E402, F403

# Parallel runs would name a file for each, but for Django's own backend, which they know by name.
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
