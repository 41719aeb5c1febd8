"""Read JSON that strangers send: bounded in depth, with a word for what is wrong."""

from __future__ import annotations

from typing import Any

import msgspec

from reif.capture.intake.verify import Refused

DEPTH = 60


def parsed(body: bytes) -> Any:
    """JSON of at most sixty levels; raises Refused."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("not_json", 400) from None
    except RecursionError:
        raise Refused("too_deep", 400) from None
    if _deeper(told):
        raise Refused("too_deep", 400)
    return told


def _deeper(data: Any) -> bool:
    level = [data]
    for _depth in range(DEPTH):
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [value for values in inner for value in values]
        if not level:
            return False
    return True
