"""Under which name the ids of another system are kept: two systems may give one number to different people."""

from __future__ import annotations

from reif.capture.imports.aliases import squeeze
from reif.capture.imports.options import options_of
from reif.capture.models import Import


def system_of(one: Import) -> str:
    """The kind of `Identity`: the system that was named, else the heading of the column (`Record ID`, `Person - ID`)."""
    if "external_id" not in one.mapping:
        return ""
    named = squeeze(options_of(one.options).system) or squeeze(one.headings[one.mapping.index("external_id")])
    return f"import:{named[:24]}"
