"""The source that the browser names: the page somebody came from, an app, or nothing."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from reif.capture.sources.detours import detour
from reif.capture.sources.hosts import host_of, is_ours, path_of
from reif.capture.sources.places import (
    APPS,
    ASSISTANTS,
    MAIL_HOSTS,
    NOT_SEARCH,
    SEARCH,
    SEARCH_HOSTS,
    SOCIAL,
    SOCIAL_HOSTS,
    named,
)
from reif.capture.sources.touching import Touch


def by_referrer(referrer: str, url: str, own: tuple[str, ...]) -> Touch:
    """The touch of an address without names. url: the page that was opened; own: further hosts of ours."""
    host, mine = host_of(referrer), host_of(url)
    bare = host.removeprefix("www.")
    if not host:
        return Touch("DIRECT_TRAFFIC", path_of(url), mine[:255], why=("no referrer", "counts as DIRECT_TRAFFIC"))
    seen = f"referrer {host}"
    if is_ours(host, mine, own):
        return Touch("DIRECT_TRAFFIC", why=(seen, "one of our own pages: no arrival"), internal=True)
    if way := detour(host):
        return Touch("DIRECT_TRAFFIC", why=(seen, f"back from a {way}: no arrival"), internal=True)
    if app := _app_of(referrer):
        return _from_app(*app, path_of(url), seen)
    if bare in ASSISTANTS or (bare.endswith("bing.com") and path_of(referrer).startswith(("/chat", "/copilot"))):
        site = ASSISTANTS.get(bare, "Copilot")
        return _as("AI_REFERRALS", site, path_of(url), seen, f"{site} is an AI assistant")
    if bare in MAIL_HOSTS:
        return _as("EMAIL_MARKETING", "", bare, seen, "a mail program on the web")
    if bare.partition(".")[0] not in NOT_SEARCH and (engine := named(host, SEARCH, SEARCH_HOSTS)):
        return _as("ORGANIC_SEARCH", _term(referrer), engine, seen, f"{engine} is a search engine")
    if site := named(host, SOCIAL, SOCIAL_HOSTS):
        return _as("SOCIAL_MEDIA", site, "", seen, f"{site} is social media")
    return _as("REFERRALS", bare[:255], f"{bare}{path_of(referrer)}"[:255], seen, "another site")


def _as(source: str, one: str, two: str, *why: str) -> Touch:
    return Touch(source, one, two, why=(*why, f"counts as {source}"))


def _app_of(referrer: str) -> tuple[str, str] | None:
    scheme, _colon, rest = referrer.partition("://")
    return APPS.get(rest.partition("/")[0].lower()) if scheme.lower() in ("android-app", "ios-app") else None


def _from_app(source: str, name: str, landing: str, seen: str) -> Touch:
    one, two = {
        "EMAIL_MARKETING": ("", name), "ORGANIC_SEARCH": ("", name), "AI_REFERRALS": (name, landing),
    }.get(source, (name, ""))  # fmt: skip
    return _as(source, one, two, seen, f"the app of {name}")


def _term(referrer: str) -> str:
    """What was searched for, where the engine still tells."""
    try:
        query = {k.lower(): v.strip() for k, v in parse_qsl(urlsplit(referrer).query, max_num_fields=200)}
    except ValueError:
        return ""
    found = next((query[k] for k in ("q", "query", "p", "text", "wd", "search_query") if query.get(k)), "")
    return "".join(c for c in found if c.isprintable())[:200]
