"""Where a video comes from: a file of this site, or YouTube or Vimeo in their forms that set no cookies.

Of the latter nothing is loaded, and no address but our own is asked, before the visitor has said so on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YOUTUBE = "https://www.youtube-nocookie.com"
VIMEO = "https://player.vimeo.com"
_TUBE = re.compile(
    r"^https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|shorts/|live/)|youtu\.be/)([\w-]{6,20})"
)
_VIMEO = re.compile(r"^https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{5,12})")
_FILE = re.compile(r"^/(?!/)[^?#]+\.(mp4|webm|m4v)(?:[?#]|$)", re.I)


@dataclass(frozen=True)
class Film:
    """frame: the address to put into a frame, empty for a file; host: whose it is; away: where to look without scripts."""

    href: str
    frame: str = ""
    host: str = ""
    mime: str = ""


def film(href: str) -> Film | None:
    """What can be shown of this address; None when it is no video that we know."""
    if found := _TUBE.match(href):
        return Film(href, f"{YOUTUBE}/embed/{found[1]}?autoplay=1&rel=0", "YouTube")
    if found := _VIMEO.match(href):
        return Film(href, f"{VIMEO}/video/{found[1]}?autoplay=1&dnt=1", "Vimeo")
    if found := _FILE.match(href):
        return Film(href, mime="video/webm" if found[1].lower() == "webm" else "video/mp4")
    return None


def frames_of(hrefs: list[str]) -> list[str]:
    """The hosts that this page may put into a frame, for its content security policy."""
    films = [found for href in hrefs if (found := film(href)) and found.frame]
    return sorted({YOUTUBE if one.host == "YouTube" else VIMEO for one in films})
