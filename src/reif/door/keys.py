"""Write keys: who may send events for which site. They are no secret (browsers show them), but can be revoked."""

from __future__ import annotations

import secrets
import time

from reif.kit.clock import now

from .place import here
from .store import Store, open_store

FRESH = 5.0
_LIVE = "SELECT key, site FROM door_key WHERE revoked_at IS NULL ORDER BY created_at, key"


class Keys:
    """The keys of one store, remembered for a few seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sites: dict[str, str] = {}
        self.read_at = -1e9

    def site_of(self, key: str) -> str | None:
        """The site of a live key. A new or revoked key is noticed within five seconds."""
        if self.stale():
            self.reload()
        return self._sites.get(key)

    def known(self, key: str) -> str | None:
        """The site as last read, without asking the store."""
        return self._sites.get(key)

    def stale(self, after: float = FRESH) -> bool:
        return time.monotonic() - self.read_at > after

    def reload(self) -> None:
        self._sites = dict(self._store.run(_LIVE))
        self.read_at = time.monotonic()

    def default(self, site: str = "default") -> str:
        """The oldest live key of a site, made once when there is none."""
        with self._store.alone():
            rows = self._store.run(
                "SELECT key FROM door_key WHERE site = ? AND revoked_at IS NULL ORDER BY created_at, key LIMIT 1", site
            )
            key: str = rows[0][0] if rows else self._add(site, secrets.token_urlsafe(24))
        return key

    def issue(self, site: str = "default", key: str = "") -> str:
        """One more key for a site, for example while another is replaced."""
        with self._store.alone():
            return self._add(site, key or secrets.token_urlsafe(24))

    def revoke(self, key: str) -> None:
        self._store.run("UPDATE door_key SET revoked_at = ? WHERE key = ?", now().timestamp(), key)
        self.read_at = -1e9

    def _add(self, site: str, key: str) -> str:
        self._store.run("INSERT INTO door_key (key, site, created_at) VALUES (?, ?, ?)", key, site, now().timestamp())
        self.read_at = -1e9
        return key


_shared: Keys | None = None


def shared() -> Keys:
    """The keys of this installation."""
    global _shared
    if _shared is None:
        _shared = Keys(open_store(here()))
    return _shared


def default_key(site: str = "default") -> str:
    """The site's write key, made once; the same in every process."""
    return shared().default(site)


def site_of(key: str) -> str | None:
    """The site that a write key belongs to, or None."""
    return shared().site_of(key)
