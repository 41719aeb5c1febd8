"""Human or machine: who opened this mail, who followed this link? Machines are recorded and earn nothing.

Marks: a proxy that fetches pictures before anybody reads, scanners that test links, requests that come faster than
somebody can read, a link that no eye can see, HEAD, and several links of one mail within two seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

TOO_FAST = 3.0  # seconds after the server took the mail
TOGETHER = 2.0  # seconds within which nobody follows two links
APPLE = "mozilla/5.0"  # all that Apple's mail privacy proxy says of itself
PROXIES = ("googleimageproxy", "yahoomailproxy", "ggpht.com", "outlookimageproxy", "fastmail-image-proxy")
SCANNERS = (
    "barracuda", "mimecast", "proofpoint", "urldefense", "symantec", "messagelabs", "forcepoint", "trendmicro", "fortinet",
    "sophos", "zscaler", "checkpoint", "microsoft office existence discovery", "safelinks", "bingpreview", "googlebot",
    "bot/", "bot;", "crawler", "spider", "preview", "slackbot", "facebookexternalhit", "whatsapp", "telegrambot", "headlesschrome/scan",
    "python-", "curl/", "wget/", "go-http-client", "java/", "okhttp", "libwww", "httpclient", "node-fetch", "axios",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One request. seconds: since the mail was taken by the server, None when it never was. others: links of this mail
    that were followed within the last two seconds."""

    method: str
    agent: str
    seconds: float | None
    honeypot: bool = False
    others: int = 0


def machine(look: Look, opening: bool = False) -> str:
    """Why this is no human, as one word; empty for a human."""
    agent = look.agent.strip().lower()
    if look.honeypot:
        return "hidden_link"
    if look.method != "GET":
        return "head"
    if not agent:
        return "no_agent"
    if opening and agent == APPLE:
        return "apple_proxy"
    if opening and any(word in agent for word in PROXIES):
        return "image_proxy"
    if any(word in agent for word in SCANNERS):
        return "scanner"
    if look.seconds is None or look.seconds < TOO_FAST:
        return "too_fast"
    return "all_links" if look.others else ""
