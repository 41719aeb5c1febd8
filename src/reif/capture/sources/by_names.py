"""The source that the sender named, in utm."""

from __future__ import annotations

import msgspec

from reif.capture.sources.marks import CLICKS, NAMES, medium_kind, plain, source_kind
from reif.capture.sources.places import (
    ASSISTANT_NAMES,
    ASSISTANTS,
    SEARCH,
    SEARCH_HOSTS,
    SOCIAL,
    SOCIAL_HOSTS,
    named,
)
from reif.capture.sources.touching import Touch

_PAID = ("paid-search", "paid-social", "paid", "display")


class Named(msgspec.Struct, frozen=True):
    """What the names say, read once. social, engine, assistant: the site's name when the source is one."""

    source: str
    kind: str
    campaign: str
    term: str
    content: str
    social: str
    engine: str
    assistant: str


def by_utm(utm: dict[str, str], host: str, click: str) -> Touch:
    """The touch of an address with names. host: of the referrer, which helps when the names are vague."""
    told = _read(utm, host, click)
    source = _category(told, click)
    one, two = _details(source, told, utm.get("utm_medium", ""))
    why = [f"{k}={v}" for k, v in utm.items() if k in ("utm_source", "utm_medium", "utm_campaign")]
    if told.kind:
        why.append(f"the medium means {told.kind}")
    if site := told.assistant or told.social or told.engine:
        why.append(f"the source is {site}")
    if click:
        why.append(f"{click} in the address, which {CLICKS[click][1]} adds")
    return Touch(source, one, two, told.campaign, why=(*why, f"counts as {source}"))


def _read(utm: dict[str, str], host: str, click: str) -> Named:
    name = utm.get("utm_source", "")
    word = plain(name)
    site = f"{word}.com" if "." not in word else word
    assistant = ASSISTANTS.get(word) or ASSISTANT_NAMES.get(word.partition(".")[0], "")
    known = source_kind(name)
    short = NAMES.get(word, "")
    social = named(site, SOCIAL, SOCIAL_HOSTS) or (short if known == "social" or short in SOCIAL.values() else "")
    if not social and not name:
        social = named(host, SOCIAL, SOCIAL_HOSTS)
    engine = named(site, SEARCH, SEARCH_HOSTS) or (short if known in ("search", "paid-search") else "")
    if not social and not engine and click and CLICKS[click][0] in ("PAID_SOCIAL", "SOCIAL_MEDIA"):
        social = CLICKS[click][1]
    kind = medium_kind(utm.get("utm_medium", "")) or (known if not utm.get("utm_medium") else "")
    return Named(
        name, kind, utm.get("utm_campaign", ""), utm.get("utm_term", ""), utm.get("utm_content", ""), social, engine,
        assistant if not social or word in ASSISTANTS else "",
    )  # fmt: skip


def _category(told: Named, click: str) -> str:
    kind = told.kind
    if told.assistant and kind not in _PAID and kind != "mail":
        return "AI_REFERRALS"
    if kind in _PAID:
        return _paid(told, click)
    if kind == "ai":
        return "AI_REFERRALS"
    if kind in _PLAIN:
        return "SOCIAL_MEDIA" if told.social and kind in ("search", "referral") else _PLAIN[kind]
    if kind == "none":
        return "OTHER_CAMPAIGNS" if told.campaign else "DIRECT_TRAFFIC"
    if click and CLICKS[click][0] in ("PAID_SEARCH", "PAID_SOCIAL"):
        return CLICKS[click][0]
    return "SOCIAL_MEDIA" if told.social else "OTHER_CAMPAIGNS"


_PLAIN = {"mail": "EMAIL_MARKETING", "social": "SOCIAL_MEDIA", "search": "ORGANIC_SEARCH", "referral": "REFERRALS",
          "offline": "OFFLINE"}  # fmt: skip


def _paid(told: Named, click: str) -> str:
    """Paid, but where? The medium may say so, else the site, else the click; an unknown site is a campaign like any other."""
    if told.kind == "paid-social" or told.social:
        return "PAID_SOCIAL"
    if told.kind == "paid-search" or (told.engine and told.kind != "display"):
        return "PAID_SEARCH"
    return "PAID_SEARCH" if click and CLICKS[click][0] == "PAID_SEARCH" else "OTHER_CAMPAIGNS"


def _details(source: str, told: Named, medium: str) -> tuple[str, str]:
    match source:
        case "AI_REFERRALS":
            return told.assistant or told.source, told.campaign
        case "PAID_SOCIAL" | "SOCIAL_MEDIA":
            return told.social or told.source, told.campaign
        case "PAID_SEARCH":
            return told.campaign, told.term or told.engine or told.source
        case "ORGANIC_SEARCH":
            return told.term, told.engine or told.source
        case "EMAIL_MARKETING":
            return told.campaign, told.content or told.source
        case "REFERRALS":
            return told.source, told.campaign
        case "OFFLINE":
            return told.source or medium, told.campaign
        case "DIRECT_TRAFFIC":
            return "", ""
    return told.campaign or told.source, told.source if told.campaign else medium
