"""The name of a picture says all that a page needs to show it: `p-<hash>-<width>x<height>`.

A page with twenty pictures therefore asks the database for none of them.
"""

from __future__ import annotations

import re

LADDER = (320, 640, 960, 1280, 1920)
MOST = 2560
"""The widest that is kept; wider uploads are made smaller."""
KEY = re.compile(r"^p-([0-9a-f]{24})-([1-9]\d{0,3})x([1-9]\d{0,4})$")
INSIDE = re.compile(r"p-[0-9a-f]{24}-[1-9]\d{0,3}x[1-9]\d{0,4}")


def is_key(word: str) -> bool:
    """Does this word name a picture of the library, and not one that is drawn?"""
    return bool(KEY.match(word))


def size(key: str) -> tuple[int, int]:
    """Width and height in pixels."""
    found = KEY.match(key)
    if not found:
        raise ValueError(f"{key!r} is no name of a picture")
    return int(found[2]), int(found[3])


def widths(key: str) -> list[int]:
    """The widths that it is kept in, the whole one last."""
    whole = size(key)[0]
    return [*(w for w in LADDER if w < whole), whole]


def source(key: str, width: int = 0) -> str:
    """The path of the narrowest copy that fills `width`; 0 is the widest."""
    kept = widths(key)
    return f"/pictures/{key}/{next((w for w in kept if width and w >= width), kept[-1])}.webp"


def srcset(key: str) -> str:
    """For the attribute of the same name."""
    return ", ".join(f"/pictures/{key}/{w}.webp {w}w" for w in widths(key))


def share(key: str) -> str:
    """1200 by 630 as JPEG, for previews in networks that cannot read WebP."""
    return f"/pictures/{key}/share.jpg"
