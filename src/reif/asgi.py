"""One address for everything: the door answers its own paths without Django, the pages answer the rest."""

from __future__ import annotations

import os
import warnings
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reif.settings")

import django

from reif.capture.forms.keep_counts import keeping_counts
from reif.capture.throttle import guard
from reif.door.app import door, is_door
from reif.staff.in_threads import InThreads
from reif.staff.warm_up import warm_up

# Files are read in a thread, as they always are under ASGI; that needs no line in every operator's log.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
django.setup(set_prefix=False)
warm_up()
pages = keeping_counts(guard(InThreads()))

from reif.attract.pages import tally  # noqa: E402 - needs the applications ready


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application that `reif web` serves."""
    if scope["type"] == "lifespan":
        tally.start()
    if scope["type"] == "lifespan" or is_door(scope["path"]):
        await door(scope, receive, send)
    else:
        await pages(scope, receive, send)
