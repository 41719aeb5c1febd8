"""Hosts and paths out of addresses that anybody may have written, and which hosts belong together."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gv", "ltd", "asso", "gob"})
_SHARED = frozenset({
    "github.io", "gitlab.io", "netlify.app", "vercel.app", "pages.dev", "workers.dev", "herokuapp.com", "web.app",
    "firebaseapp.com", "azurewebsites.net", "wordpress.com", "blogspot.com", "wixsite.com", "webflow.io", "jimdosite.com",
    "jimdofree.com", "squarespace.com", "myshopify.com", "notion.site", "substack.com", "hs-sites.com", "weebly.com",
    "translate.goog", "onrender.com", "fly.dev", "cloudfront.net", "amazonaws.com", "carrd.co", "framer.website",
})  # fmt: skip
"""Where strangers are neighbours: each name below these is a site of its own."""


def host_of(url: str) -> str:
    """The host in lower case without port and last dot; empty when there is none or it cannot be one."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=16_384)
def path_of(url: str) -> str:
    """What an event is about: the path alone, at most 255 characters."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return "/"
    return (path.rstrip("/") or "/")[:255]


@lru_cache(maxsize=16_384)
def site_of(host: str) -> str:
    """The part of a host that somebody registered: `firma.co.uk` for `shop.firma.co.uk`. Numbers stay as they are."""
    parts = host.split(".")
    if len(parts) < 3 or ":" in host or parts[-1].isdigit():
        return host
    if ".".join(parts[-2:]) in _SHARED or (len(parts[-1]) == 2 and parts[-2] in _SECOND):
        return ".".join(parts[-3:])
    return ".".join(parts[-2:])


def is_ours(host: str, mine: str, own: tuple[str, ...]) -> bool:
    """Whether a page of `host` is a page of ours: the visited host, one of `own`, or another name of the same site."""
    if mine.endswith(".translate.goog") and host == mine:
        return True
    sites = {site_of(one) for one in (mine, *own) if one}
    return host == mine or site_of(host) in sites
