"""Which mailbox, from REIF_IMAP_URL: `imaps://user:password@host:993/INBOX?move=Done&begin=all&every=30`.

move: the folder that read mails are moved to; begin=all takes what is there already, otherwise only what comes from now on.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class BadUrl(ValueError):
    """The setting cannot be one; the text says why."""


@dataclass(frozen=True)
class Place:
    """A folder on a server. every: seconds between looks."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    folder: str = "INBOX"
    move: str = ""
    everything: bool = False
    every: float = 30.0

    @property
    def name(self) -> str:
        """Under which the position is kept; without the password."""
        return f"{self.user}@{self.host}/{self.folder}"[:200]


def place_of(url: str) -> Place | None:
    """None when nothing is set. Raises BadUrl."""
    if not url:
        return None
    parts, told = urlsplit(url), parse_qs(urlsplit(url).query)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise BadUrl("REIF_IMAP_URL must look like imaps://user:password@host/INBOX")
    return Place(
        parts.hostname, parts.port or (993 if parts.scheme == "imaps" else 143), parts.scheme == "imaps",
        unquote(parts.username), unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX",
        told.get("move", [""])[0], told.get("begin", [""])[0] == "all", max(1.0, float(told.get("every", ["30"])[0])),
    )  # fmt: skip
