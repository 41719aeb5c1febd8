"""Who asks: a person's browser, or a machine? By what it calls itself."""

from __future__ import annotations

import re
from functools import lru_cache

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

# Those that the kept list lacks: link scanners of mail gateways, office programs that fetch previews, monitors, tools.
_OURS = (
    r"Barracuda", r"Mimecast", r"Proofpoint", r"URLDefense", r"Symantec", r"TrendMicro", r"Sophos",
    r"Cisco-?(?:ESA|IronPort)",
    r"FireEye", r"Forcepoint", r"Zscaler", r"SafeLinks", r"GoogleImageProxy", r"YahooMailProxy",
    r"BingPreview",
    r"Microsoft Office", r"ms-office", r"Headless", r"PhantomJS", r"Puppeteer", r"Playwright", r"Selenium",
    r"Lighthouse", r"\bpreview\b", r"\bscan(?:ner)?\b", r"\bmonitor(?:ing)?\b", r"[-/ ](?:bot|crawler|spider)\b",
    r"^(?:analytics|rudder|posthog|jitsu)[-\w/.]*",
)  # fmt: skip
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Windows Phone")
_BROWSER = re.compile(r"^(?:Mozilla|Opera)/\d")


@lru_cache(maxsize=8192)
def machine_why(agent: str | None) -> str:
    """Why this is a machine: `no agent`, `no browser`, or the words that gave it away; empty for a person's browser."""
    if not agent or not agent.strip():
        return "no agent"
    if found := _known().search(agent):
        return found.group(0).strip("^$ /").lower()[:60]
    return "" if _BROWSER.match(agent) else "no browser"


def is_machine(agent: str | None) -> bool:
    """Whether the user agent is a bot, a scanner, a previewer or a program. No agent is one too."""
    return bool(machine_why(agent))


@lru_cache(maxsize=8192)
def device(agent: str | None) -> str:
    """`phone`, `tablet` or `desktop`, as far as the browser says it; empty when it says nothing."""
    if not agent:
        return ""
    if _TABLET.search(agent):
        return "tablet"
    return "phone" if _PHONE.search(agent) else "desktop"


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    kept = [str(entry["pattern"]) for entry in CRAWLER_USER_AGENTS_DATA]
    return re.compile("|".join([*kept, *(f"(?i:{p})" for p in _OURS)]))
